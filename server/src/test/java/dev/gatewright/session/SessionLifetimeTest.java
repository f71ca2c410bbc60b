package dev.gatewright.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Doors;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When browser sessions end, and what ends with them (OWASP ASVS 5.0 §7.3, §7.4). */
class SessionLifetimeTest {
  private static final TestClock CLOCK = new TestClock();

  private static TestServer server;
  private static TestUsers users;
  private static TestClient app;
  private static Doors doors;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
    users = new TestUsers(server);
    app = ClientBuilder.nativeApp(server).register();
    doors = new Doors(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** ASVS 7.3.1: an hour. */
  @Test
  void idleSessionEndsAfterAnHour() {
    Browser browser = new Browser(server).logIn(users.user());
    CLOCK.advance(Duration.ofMinutes(59));
    assertTrue(isLoggedIn(browser), "in use");
    CLOCK.advance(Duration.ofMinutes(59));
    assertTrue(isLoggedIn(browser), "its use was not noticed");
    CLOCK.advance(Duration.ofMinutes(61));
    assertFalse(isLoggedIn(browser));
  }

  /** ASVS 7.3.2: twelve hours, used or not. */
  @Test
  void usedSessionEndsAfterTwelveHours() {
    Browser browser = new Browser(server).logIn(users.user());
    for (int i = 0; i < 23; i++) {
      CLOCK.advance(Duration.ofMinutes(30));
      assertTrue(isLoggedIn(browser), "after " + i);
    }
    CLOCK.advance(Duration.ofMinutes(30));
    assertFalse(isLoggedIn(browser));
  }

  /** ASVS 7.4.1: the cookie is dead at the server, not only forgotten by the browser. */
  @Test
  void cookieIsDeadAfterLogout() {
    Browser browser = new Browser(server).logIn(users.user());
    String cookie = browser.session();
    assertNotEquals("", cookie);
    HttpResponse<String> response = browser.submit("/logout", browser.get("/logout"), Map.of());
    assertEquals(200, response.statusCode(), response.body());
    assertEquals("", browser.session());

    Answer answer =
        Answer.of(new Http(server).get(silent(), "Cookie", Browser.SESSION + "=" + cookie));
    assertEquals("login_required", answer.value("error"));
  }

  /** RP-Initiated Logout §6: nobody is logged out by a link or an image. */
  @Test
  void logoutByGetOnlyAsks() {
    Browser browser = new Browser(server).logIn(users.user());
    for (String path :
        new String[] {
          "/logout",
          "/logout?decision=logout",
          "/logout?post_logout_redirect_uri=https%3A%2F%2Fevil.example"
        }) {
      HttpResponse<String> page = browser.get(path, "Sec-Fetch-Site", "cross-site");
      assertEquals(200, page.statusCode());
      assertEquals("", Http.header(page, "Location"));
      assertFalse(page.body().contains("evil.example"), page.body());
    }
    assertTrue(isLoggedIn(browser));
  }

  @Test
  void logoutByAForeignFormIsRefused() {
    Browser browser = new Browser(server).logIn(users.user());
    HttpResponse<String> page = browser.get("/logout");
    String stolen = new Browser(server).logIn(users.user()).http().csrf("/logout");

    assertEquals(400, browser.http().form("/logout", Map.of("x", "y")).statusCode());
    assertEquals(400, browser.http().form("/logout", Map.of("csrf_token", stolen)).statusCode());
    assertEquals(
        400,
        browser.submit("/logout", page, Map.of(), "Origin", "https://evil.example").statusCode());
    assertEquals(400, browser.submit("/logout", page, Map.of(), "Origin", "null").statusCode());
    assertTrue(isLoggedIn(browser));
  }

  /** What was granted in the session ends with it, but not what outlives it (offline_access). */
  @Test
  void logoutEndsTheTokensOfTheSessionOnly() {
    User user = users.user();
    Browser browser = new Browser(server).logIn(user);
    Tokens online = Tokens.of(app.flow().redeem(app.flow().answer(browser, user).value("code")));
    Tokens offline =
        Tokens.of(
            app.flow()
                .redeem(
                    app.flow()
                        .with("scope", "openid user:read offline_access")
                        .answer(browser, user)
                        .value("code")));
    browser.submit("/logout", browser.get("/logout"), Map.of());

    doors.assertClosedTo(online.access());
    doors.assertOpenTo(offline.access());
    assertEquals(200, app.refresh(offline.refresh()).statusCode());
  }

  /** ASVS 7.4.3: at once, all sessions and all refresh tokens. */
  @Test
  void passwordChangeEndsSessionsAndRefreshTokens() {
    User user = users.user();
    Browser one = new Browser(server).logIn(user);
    Browser two = new Browser(server).logIn(user);
    Tokens tokens = app.flow().with("scope", "openid user:read offline_access").tokens(user);
    String caller = users.bearer(user);

    HttpResponse<String> response =
        new Http(server)
            .json(
                "PUT",
                "/api/user/password",
                "{\"current_password\":\""
                    + TestUsers.PASSWORD
                    + "\",\"new_password\":\"another fine password\"}",
                "Authorization",
                caller);
    assertEquals(204, response.statusCode(), response.body());
    assertFalse(isLoggedIn(one));
    assertFalse(isLoggedIn(two));
    assertEquals(
        "invalid_grant", Http.body(400, app.refresh(tokens.refresh())).get("error").asText());
    doors.assertClosedTo(tokens.access());
  }

  /** ASVS 7.2.4: a cookie that was planted before the login is worth nothing after it. */
  @Test
  void plantedCookieIsNotTakenOver() {
    User user = users.user();
    String planted = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    Http victim = new Http(server);
    String csrf =
        Browser.hiddenFields(victim.get("/login", "Cookie", Browser.SESSION + "=" + planted))
            .get("csrf_token");
    victim.form(
        "/login",
        Map.of("csrf_token", csrf, "login", user.username(), "password", TestUsers.PASSWORD),
        "Cookie",
        Browser.SESSION + "=" + planted + "; gatewright_csrf=" + victim.cookie("gatewright_csrf"));

    assertNotEquals(planted, victim.cookie(Browser.SESSION));
    assertEquals(
        303,
        new Http(server).get("/account", "Cookie", Browser.SESSION + "=" + planted).statusCode());
  }

  /** A tampered or invented cookie is no session and no error. */
  @Test
  void inventedCookiesAreNoSession() {
    for (String cookie :
        new String[] {"", "x", "' or '1'='1", "%00", "../../etc/passwd", "x".repeat(3000)}) {
      Answer answer =
          Answer.of(new Http(server).get(silent(), "Cookie", Browser.SESSION + "=" + cookie));
      assertEquals("login_required", answer.value("error"), cookie);
    }
  }

  private static String silent() {
    return app.flow().with("prompt", "none").path();
  }

  private static boolean isLoggedIn(Browser browser) {
    return Answer.of(browser.get(silent())).has("code");
  }
}
