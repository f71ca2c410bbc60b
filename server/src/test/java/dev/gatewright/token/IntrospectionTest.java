package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.ClientBuilder;
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

/** Who learns what of a token at introspection (RFC 7662). */
class IntrospectionTest {
  private static final String PATH = "/oauth2/introspect";

  private static TestServer server;
  private static TestClient app;
  private static TestClient resourceServer;
  private static Tokens tokens;
  private static User user;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).user();
    app = ClientBuilder.nativeApp(server).register();
    resourceServer = ClientBuilder.machine(server).resourceServer().register();
    tokens = app.flow().with("scope", "openid user:read offline_access").tokens(user);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void resourceServerLearnsOfTokensForItsResource() {
    JsonNode answer = introspect(resourceServer, tokens.access());

    assertTrue(answer.get("active").asBoolean());
    assertEquals(app.clientId(), answer.get("client_id").asText());
    assertEquals(user.id().toString(), answer.get("sub").asText());
  }

  /** RFC 7662 §2.1, §4: without authentication tokens could be fished for. */
  @Test
  void anonymousCallersLearnNothing() {
    Http http = new Http(server);

    assertInvalidClient(http.form(PATH, Map.of("token", tokens.access())));
    assertInvalidClient(
        http.form(
            PATH, Map.of("token", tokens.access()), "Authorization", "Bearer " + tokens.access()));
    assertInvalidClient(
        http.form(PATH, Map.of("token", tokens.access(), "client_id", resourceServer.clientId())));
    assertInvalidClient(
        http.form(
            PATH,
            Map.of("token", tokens.access()),
            "Authorization",
            TestClient.basic(resourceServer.clientId(), "wrong")));
  }

  /** Whoever knows a client_id is no public client's proof. */
  @Test
  void publicClientLearnsNothing() {
    assertInvalidClient(app.post(PATH, Map.of("token", tokens.access())));
  }

  @Test
  void clientThatIsNoResourceServerLearnsNothing() {
    TestClient curious = ClientBuilder.machine(server).register();
    HttpResponse<String> response = curious.post(PATH, Map.of("token", tokens.access()));

    assertEquals(403, response.statusCode(), response.body());
    assertFalse(response.body().contains("active"), response.body());
  }

  /** RFC 7662 §2.2: a token for another resource is as inactive as an invented one. */
  @Test
  void resourceServerOfAnotherResourceLearnsNothing() {
    TestClient other =
        ClientBuilder.machine(server).resourceServerFor("https://other.example").register();

    assertInactive(introspect(other, tokens.access()));
    assertInactive(introspect(other, tokens.refresh()));
  }

  /** A refresh token is between its client and this server. */
  @Test
  void refreshTokenOfAnotherClientIsInactive() {
    assertInactive(introspect(resourceServer, tokens.refresh()));
  }

  /** That a signature was good before is remembered of that very token, not of what it says. */
  @Test
  void tokenThatWasGoodLendsNothingToOneLikeIt() {
    String good = tokens.access();
    assertTrue(introspect(resourceServer, good).get("active").asBoolean());
    assertTrue(introspect(resourceServer, good).get("active").asBoolean());

    int signature = good.lastIndexOf('.') + 1;
    char first = good.charAt(signature);
    assertInactive(
        introspect(
            resourceServer,
            good.substring(0, signature)
                + (first == 'A' ? 'B' : 'A')
                + good.substring(signature + 1)));
    String other = app.flow().with("scope", "openid user:read").tokens(user).access();
    assertInactive(
        introspect(
            resourceServer,
            other.substring(0, other.lastIndexOf('.')) + good.substring(signature - 1)));
    assertTrue(introspect(resourceServer, good).get("active").asBoolean());
  }

  @Test
  void ownTokensAreActive() {
    TestClient web =
        ClientBuilder.web(server).resourceServerFor("https://other.example").register();
    Tokens own = web.flow().with("scope", "openid offline_access").tokens(user);

    assertTrue(introspect(web, own.access()).get("active").asBoolean());
    assertTrue(introspect(web, own.refresh()).get("active").asBoolean());
    web.refresh(own.refresh());
    assertInactive(introspect(web, own.refresh()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "a.b.c",
        "*",
        "' or '1'='1",
        "${7*7}",
        "日本語",
        " ",
        "null",
        "eyJhbGciOiJub25lIn0.e30."
      })
  void inventedTokensAreInactive(String token) {
    assertInactive(introspect(resourceServer, token));
  }

  /** RFC 7662 §2.2: of a token that is dead nothing is said. */
  @Test
  void revokedTokensAreInactive() {
    Tokens revoked = app.flow().with("scope", "openid offline_access").tokens(user);
    app.post("/oauth2/revoke", Map.of("token", revoked.refresh()));

    assertInactive(introspect(resourceServer, revoked.access()));
  }

  /** RFC 7662 §2.1: the hint is only a hint. */
  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token", "garbage", ""})
  void hintChangesNothing(String hint) {
    JsonNode answer =
        Http.body(
            200,
            resourceServer.post(PATH, Map.of("token", tokens.access(), "token_type_hint", hint)));

    assertTrue(answer.get("active").asBoolean());
  }

  @Test
  void missingTokenIsRefused() {
    assertEquals(
        "invalid_request",
        Http.body(400, resourceServer.post(PATH, Map.of())).get("error").asText());
    assertEquals(
        "invalid_request",
        Http.body(400, resourceServer.post(PATH, Map.of("token", ""))).get("error").asText());
  }

  /** RFC 7662 §2.1: POST, and not the query, which is logged along the way. */
  @Test
  void tokenInTheQueryDoesNotCount() {
    HttpResponse<String> response =
        new Http(server)
            .form(
                PATH + "?token=" + tokens.access(),
                Map.of("x", "y"),
                resourceServer.authentication());
    assertEquals(400, response.statusCode(), response.body());

    HttpResponse<String> get =
        new Http(server).get(PATH + "?token=" + tokens.access(), resourceServer.authentication());
    assertTrue(List.of(404, 405).contains(get.statusCode()), get.body());
  }

  /** RFC 7662 §4. */
  @Test
  void answersAreNotCached() {
    for (String token : List.of(tokens.access(), "garbage")) {
      HttpResponse<String> response = resourceServer.post(PATH, Map.of("token", token));
      assertEquals("no-store", Http.header(response, "Cache-Control"));
      assertTrue(Http.header(response, "Content-Type").startsWith("application/json"));
    }
  }

  private static JsonNode introspect(TestClient client, String token) {
    return Http.body(200, client.post(PATH, Map.of("token", token)));
  }

  private static void assertInactive(JsonNode answer) {
    assertEquals("{\"active\":false}", answer.toString());
  }

  private static void assertInvalidClient(HttpResponse<String> response) {
    assertEquals("invalid_client", Http.body(401, response).get("error").asText());
  }
}
