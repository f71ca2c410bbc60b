package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.Tokens;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which grant types the token endpoint serves, and in what form it is asked (RFC 6749 §3.2, §4.4,
 * §5.2).
 */
class GrantTypeTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private static TestServer server;
  private static TestClient machine;
  private static TestClient web;
  private static TestClient app;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    machine = ClientBuilder.machine(server).register();
    web = ClientBuilder.web(server).register();
    app = ClientBuilder.nativeApp(server).register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** OAuth 2.1 has neither passwords nor the implicit grant. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "implicit",
        "urn:evil",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "AUTHORIZATION_CODE",
        "authorization_code ",
        "client_credentials password",
        "<script>",
        "null"
      })
  void otherGrantTypesAreNotSupported(String grantType) {
    for (TestClient client : new TestClient[] {web, app, machine}) {
      HttpResponse<String> response =
          client.token(
              Map.of(
                  "grant_type", grantType, "username", "ada", "password", "x", "scope", "openid"));
      assertError("unsupported_grant_type", response);
    }
  }

  /** RFC 6749 §3.2: a parameter without a value counts as absent. */
  @Test
  void missingGrantTypeIsRefused() {
    assertError("invalid_request", machine.token(Map.of("grant_type", "")));
    assertError("invalid_request", machine.token(Map.of("scope", "users:read")));
  }

  @Test
  void missingCodeOrRefreshTokenIsRefused() {
    assertError("invalid_request", web.token(Map.of("grant_type", "authorization_code")));
    assertError(
        "invalid_request", web.token(Map.of("grant_type", "authorization_code", "code", "")));
    assertError("invalid_request", web.token(Map.of("grant_type", "refresh_token")));
    assertError(
        "invalid_request", web.token(Map.of("grant_type", "refresh_token", "refresh_token", "")));
  }

  /** RFC 6749 §3.2. */
  @Test
  void repeatedParametersAreRefused() {
    Map.Entry<String, String> grantType = Map.entry("grant_type", "authorization_code");
    Map.Entry<String, String> code = Map.entry("code", "x");
    assertError("invalid_request", web.tokenWith(List.of(grantType, grantType, code)));
    assertError(
        "invalid_request",
        web.tokenWith(List.of(grantType, Map.entry("grant_type", "refresh_token"), code)));
    assertError("invalid_request", web.tokenWith(List.of(grantType, code, code)));
    assertError("invalid_request", web.tokenWith(List.of(grantType, code, Map.entry("code", "y"))));
    assertError(
        "invalid_request",
        machine.tokenWith(
            List.of(
                Map.entry("grant_type", "client_credentials"),
                Map.entry("scope", "users:read"),
                Map.entry("scope", "clients:read"))));
  }

  /** RFC 6749 §5.2: a client is held to its registration. */
  @Test
  void grantTypesThatAClientIsNotRegisteredForAreRefused() {
    assertError(
        "unauthorized_client",
        machine.token(Map.of("grant_type", "authorization_code", "code", "x")));
    assertError("unauthorized_client", machine.refresh("x"));
    assertError("unauthorized_client", web.token(Map.of("grant_type", "client_credentials")));
    assertError("unauthorized_client", app.token(Map.of("grant_type", "client_credentials")));
  }

  /** RFC 6749 §3.2: POST only. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD"})
  void otherMethodsGetNoToken(String method) {
    HttpResponse<String> response =
        new Http(server)
            .send(
                method,
                "/oauth2/token?grant_type=client_credentials",
                "",
                machine.authentication());

    assertTrue(
        List.of(400, 404, 405).contains(response.statusCode()),
        response.statusCode() + response.body());
    assertFalse(response.body().contains("access_token"), response.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "text/xml",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded-not",
        "garbage",
        "*/*"
      })
  void otherMediaTypesGetNoToken(String mediaType) {
    HttpResponse<String> response =
        new Http(server)
            .send(
                "POST",
                "/oauth2/token",
                "grant_type=client_credentials",
                "Authorization",
                TestClient.basic(machine.clientId(), machine.secret()),
                "Content-Type",
                mediaType);

    assertTrue(
        List.of(400, 415).contains(response.statusCode()), response.statusCode() + response.body());
    assertFalse(response.body().contains("access_token"), response.body());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
  }

  @Test
  void bodyWithoutAMediaTypeGetsNoToken() {
    HttpResponse<String> response =
        new Http(server)
            .send(
                "POST", "/oauth2/token", "grant_type=client_credentials", machine.authentication());

    assertTrue(
        List.of(400, 415).contains(response.statusCode()), response.statusCode() + response.body());
  }

  @Test
  void emptyBodyIsRefused() {
    HttpResponse<String> response =
        new Http(server)
            .send(
                "POST",
                "/oauth2/token",
                "",
                "Authorization",
                TestClient.basic(machine.clientId(), machine.secret()),
                "Content-Type",
                FORM);

    assertTrue(
        List.of(400, 415).contains(response.statusCode()), response.statusCode() + response.body());
  }

  /** RFC 6749 §4.4.3: nothing about a user, and no refresh token. */
  @Test
  void clientForItselfGetsNeitherIdTokenNorRefreshToken() {
    TestClient greedy =
        ClientBuilder.web(server)
            .grantTypes("authorization_code", "refresh_token", "client_credentials")
            .scope("openid offline_access users:read")
            .register();

    JsonNode body =
        Http.body(
            200,
            greedy.token(
                Map.of(
                    "grant_type",
                    "client_credentials",
                    "scope",
                    "openid offline_access users:read")));
    assertFalse(body.has("id_token"), body.toString());
    assertFalse(body.has("refresh_token"), body.toString());
    assertEquals("users:read", body.get("scope").asText());
    assertEquals(
        greedy.clientId(), Tokens.claims(body.get("access_token").asText()).get("sub").asText());

    assertError(
        "invalid_scope",
        greedy.token(Map.of("grant_type", "client_credentials", "scope", "openid offline_access")));
  }

  /** RFC 6749 §3.3. */
  @ParameterizedTest
  @ValueSource(strings = {"clients:write", "evil", "users:read evil", "users\"read", "*"})
  void scopesThatAClientIsNotRegisteredForAreRefused(String scope) {
    assertError(
        "invalid_scope", machine.token(Map.of("grant_type", "client_credentials", "scope", scope)));
  }

  /** RFC 8707 §2. */
  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "garbage", "https://api.example/#fragment", "//x"})
  void resourcesThatAreUnknownAreRefused(String resource) {
    assertError(
        "invalid_target",
        machine.token(Map.of("grant_type", "client_credentials", "resource", resource)));
  }

  /** RFC 8707 §2: the one parameter that may come more than once. */
  @Test
  void resourceMayBeRepeated() {
    Map.Entry<String, String> resource = Map.entry("resource", server.issuer());
    Map.Entry<String, String> grantType = Map.entry("grant_type", "client_credentials");

    assertEquals(200, machine.tokenWith(List.of(grantType, resource, resource)).statusCode());
    Map.Entry<String, String> unknown = Map.entry("resource", "https://evil.example");
    assertError("invalid_target", machine.tokenWith(List.of(grantType, resource, unknown)));
  }

  private static void assertError(String error, HttpResponse<String> response) {
    JsonNode body = Http.body(400, response);
    assertEquals(error, body.get("error").asText(), response.body());
    assertTrue(
        body.path("error_description").asText().matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*"),
        "RFC 6749 section 5.2");
    assertEquals("no-store", Http.header(response, "Cache-Control"));
  }
}
