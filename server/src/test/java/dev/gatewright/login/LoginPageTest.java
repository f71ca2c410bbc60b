package dev.gatewright.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The login page over HTTP, as browsers and those who attack them use it. */
class LoginPageTest {
  private static final String SESSION = "gatewright_session";

  private static TestServer server;
  private static TestUsers testUsers;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    testUsers = new TestUsers(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void loginBeginsASessionAndGoesHome() {
    User user = testUsers.user();
    Http browser = new Http(server);
    HttpResponse<String> response = logIn(browser, user.username(), TestUsers.PASSWORD);

    assertEquals(303, response.statusCode(), response.body());
    assertEquals("/", Http.header(response, "Location"));
    String cookie = String.join("\n", response.headers().allValues("Set-Cookie"));
    assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Lax"), cookie);
    assertFalse(cookie.contains("Domain="), cookie);
    assertTrue(browser.get("/account").body().contains(user.username()));
  }

  @Test
  void waitingAuthorizationRequestIsGoneBackTo() {
    User user = testUsers.user();
    Http browser = new Http(server);
    HttpResponse<String> response =
        browser.form(
            "/login",
            Map.of(
                "csrf_token",
                browser.csrf("/login"),
                "login",
                user.username(),
                "password",
                TestUsers.PASSWORD,
                "client_id",
                "https://evil.example/\r\nx",
                "request_uri",
                "//evil.example"));

    assertEquals(303, response.statusCode(), response.body());
    assertEquals(
        "/oauth2/auth?client_id=https%3A%2F%2Fevil.example%2F%0D%0Ax&request_uri=%2F%2Fevil.example",
        Http.header(response, "Location"));
  }

  @Test
  void everyLoginHasANewSessionAndEndsTheOld() {
    User user = testUsers.user();
    Http browser = new Http(server);
    logIn(browser, user.username(), TestUsers.PASSWORD);
    String first = browser.cookie(SESSION);
    logIn(browser, user.username(), TestUsers.PASSWORD);

    assertNotEquals(first, browser.cookie(SESSION));
    assertEquals(
        303, new Http(server).get("/account", "Cookie", SESSION + "=" + first).statusCode());
  }

  @Test
  void wrongPasswordAndUnknownUserAreOnePageAndNoSession() {
    String unknown = TestUsers.freshName();
    User user = testUsers.user();
    Http browser = new Http(server);
    HttpResponse<String> wrongPassword = logIn(browser, user.username(), "sesame opens");
    HttpResponse<String> unknownUser = logIn(browser, unknown, "sesame opens");

    assertEquals(401, wrongPassword.statusCode());
    assertEquals(401, unknownUser.statusCode());
    assertEquals(
        wrongPassword.body().replace(user.username(), "NAME"),
        unknownUser.body().replace(unknown, "NAME"));
    assertFalse(wrongPassword.body().contains("sesame"), "the password is in the page");
    assertEquals("", browser.cookie(SESSION));
  }

  @Test
  void whatWasTypedIsShownEscaped() {
    HttpResponse<String> response =
        logIn(new Http(server), "\"><script>alert(1)</script>", "wrong password");

    assertEquals(401, response.statusCode());
    assertFalse(response.body().contains("<script>alert"), response.body());
  }

  @Test
  void formWithoutOrWithAForeignTokenIsRefused() {
    User user = testUsers.user();
    String stolen = new Http(server).csrf("/login");
    Http victim = new Http(server);
    String own = victim.csrf("/login");
    Map<String, String> bare = Map.of("login", user.username(), "password", TestUsers.PASSWORD);

    assertEquals(403, victim.form("/login", bare).statusCode());
    assertEquals(403, victim.form("/login", form(user, stolen)).statusCode());
    assertEquals(
        403, victim.form("/login", form(user, own), "Origin", "https://evil.example").statusCode());
    assertEquals(
        403, victim.form("/login", form(user, own), "Sec-Fetch-Site", "cross-site").statusCode());
    assertEquals("", victim.cookie(SESSION));
  }

  @Test
  void pageIsNeitherCachedNorFramedNorLogsInByGet() {
    User user = testUsers.user();
    Http browser = new Http(server);
    HttpResponse<String> page =
        browser.get(
            "/login?login="
                + user.username()
                + "&password="
                + TestUsers.PASSWORD.replace(' ', '+'));

    assertEquals(200, page.statusCode());
    assertEquals("no-store", Http.header(page, "Cache-Control"));
    assertTrue(
        Http.header(page, "Content-Security-Policy").contains("frame-ancestors 'none'"),
        page.toString());
    assertEquals("", browser.cookie(SESSION));
  }

  @Test
  void parametersSentTwiceAreRefused() {
    Http browser = new Http(server);
    String csrf = browser.csrf("/login");
    HttpResponse<String> response =
        browser.send(
            "POST",
            "/login",
            "csrf_token=" + csrf + "&login=a&login=b&password=wrong",
            "Content-Type",
            "application/x-www-form-urlencoded");

    assertEquals(400, response.statusCode(), response.body());
    assertEquals("", browser.cookie(SESSION));
  }

  @Test
  void throttledLoginIsAPageThatSaysWhenToComeBack() {
    try (TestServer strict =
        TestServer.start(
            Map.of(
                "gatewright.login-throttle.failures-per-login",
                1,
                "gatewright.login-throttle.refill-per-login",
                "1h"))) {
      Http browser = new Http(strict);
      assertEquals(401, logIn(browser, "ada", "wrong password").statusCode());
      HttpResponse<String> response = logIn(browser, "ADA", "wrong password");

      assertEquals(429, response.statusCode());
      assertTrue(
          Http.header(response, "Content-Type").startsWith("text/html"), response.toString());
      assertNotEquals("", Http.header(response, "Retry-After"));
    }
  }

  private static HttpResponse<String> logIn(Http browser, String login, String password) {
    return browser.form(
        "/login",
        Map.of("csrf_token", browser.csrf("/login"), "login", login, "password", password));
  }

  private static Map<String, String> form(User user, String csrf) {
    return Map.of("csrf_token", csrf, "login", user.username(), "password", TestUsers.PASSWORD);
  }
}
