package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.ClientBuilder;
import dev.gatewright.Doors;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients can end, and what they cannot (RFC 7009). */
class RevocationTest {
  private static final String PATH = "/oauth2/revoke";

  private static TestServer server;
  private static TestClient app;
  private static User user;
  private static Doors doors;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).user();
    app = ClientBuilder.nativeApp(server).register();
    doors = new Doors(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** RFC 7009 §2.1: with the refresh token go the access tokens of the grant. */
  @Test
  void revokedRefreshTokenTakesItsFamilyAlong() {
    Tokens first = tokens();
    Tokens second = Tokens.of(app.refresh(first.refresh()));

    assertEquals(200, app.post(PATH, Map.of("token", second.refresh())).statusCode());
    assertEquals(400, app.refresh(second.refresh()).statusCode());
    doors.assertClosedTo(first.access());
    doors.assertClosedTo(second.access());
  }

  @Test
  void revokedAccessTokenIsDeadAtOnceAndAlone() {
    Tokens first = tokens();
    Tokens second = Tokens.of(app.refresh(first.refresh()));

    assertEquals(200, app.post(PATH, Map.of("token", first.access())).statusCode());
    doors.assertClosedTo(first.access());
    doors.assertOpenTo(second.access());
    assertEquals(200, app.refresh(second.refresh()).statusCode());
  }

  /** A client's own access token has no grant, and ends all the same. */
  @Test
  void revokedTokenOfAClientForItselfIsDead() {
    TestClient machine = ClientBuilder.machine(server).register();
    String token = machine.ownTokens("users:read").access();
    assertEquals(
        200, new Http(server).get("/api/users", "Authorization", "Bearer " + token).statusCode());

    assertEquals(200, machine.post(PATH, Map.of("token", token)).statusCode());
    assertEquals(
        401, new Http(server).get("/api/users", "Authorization", "Bearer " + token).statusCode());
  }

  /**
   * RFC 7009 §2.1: the token of another client is not revoked; §2.2: and the answer does not tell.
   */
  @Test
  void tokensOfAnotherClientAreNotRevoked() {
    Tokens tokens = tokens();
    TestClient other = ClientBuilder.web(server).register();
    TestClient otherPublic = ClientBuilder.nativeApp(server).register();

    for (TestClient stranger : List.of(other, otherPublic)) {
      stranger.post(PATH, Map.of("token", tokens.access()));
      stranger.post(PATH, Map.of("token", tokens.refresh()));
      stranger.post(PATH, Map.of("token", tokens.id()));
    }
    doors.assertOpenTo(tokens.access());
    assertEquals(200, app.refresh(tokens.refresh()).statusCode());
  }

  @Test
  void anonymousCallersRevokeNothing() {
    Tokens tokens = tokens();
    TestClient web = ClientBuilder.web(server).register();
    Http http = new Http(server);

    assertInvalidClient(http.form(PATH, Map.of("token", tokens.access())));
    assertInvalidClient(
        http.form(PATH, Map.of("token", tokens.access(), "client_id", web.clientId())));
    assertInvalidClient(
        http.form(
            PATH, Map.of("token", tokens.access()), "Authorization", "Bearer " + tokens.access()));
    doors.assertOpenTo(tokens.access());
  }

  /** RFC 7009 §2.2: what is no token needs no revoking. */
  @ParameterizedTest
  @ValueSource(strings = {"garbage", "a.b.c", "*", "%", "' or '1'='1", "日本語", " ", "gwr_"})
  void inventedTokensAreNoError(String token) {
    assertEquals(200, app.post(PATH, Map.of("token", token)).statusCode());
  }

  /** RFC 7009 §2.1: the hint is only a hint. */
  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token", "garbage", ""})
  void wrongHintDoesNotKeepATokenAlive(String hint) {
    Tokens tokens = tokens();

    assertEquals(
        200,
        app.post(PATH, Map.of("token", tokens.access(), "token_type_hint", hint)).statusCode());
    doors.assertClosedTo(tokens.access());
    assertEquals(
        200,
        app.post(PATH, Map.of("token", tokens.refresh(), "token_type_hint", hint)).statusCode());
    assertEquals(400, app.refresh(tokens.refresh()).statusCode());
  }

  @Test
  void revokingTwiceIsNoError() {
    Tokens tokens = tokens();

    for (int i = 0; i < 2; i++) {
      assertEquals(200, app.post(PATH, Map.of("token", tokens.access())).statusCode());
      assertEquals(200, app.post(PATH, Map.of("token", tokens.refresh())).statusCode());
    }
  }

  @Test
  void missingOrRepeatedTokenIsRefused() {
    assertEquals("invalid_request", Http.body(400, app.post(PATH, Map.of())).get("error").asText());
    HttpResponse<String> twice =
        new Http(server)
            .send(
                "POST",
                PATH,
                "client_id=" + app.clientId() + "&token=a&token=b",
                "Content-Type",
                "application/x-www-form-urlencoded");
    assertEquals("invalid_request", Http.body(400, twice).get("error").asText());
  }

  @Test
  void getRevokesNothing() {
    Tokens tokens = tokens();
    HttpResponse<String> response =
        new Http(server).get(PATH + "?client_id=" + app.clientId() + "&token=" + tokens.access());

    assertTrue(List.of(404, 405).contains(response.statusCode()), response.body());
    doors.assertOpenTo(tokens.access());
  }

  private static Tokens tokens() {
    return app.flow().with("scope", "openid user:read offline_access").tokens(user);
  }

  private static void assertInvalidClient(HttpResponse<String> response) {
    assertEquals("invalid_client", Http.body(401, response).get("error").asText());
  }
}
