package dev.gatewright.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.oauth.GrantType;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a device begins (RFC 8628 §3.1, §3.2). */
class DeviceAuthorizationEndpointTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private static TestServer server;
  private static TestUsers users;
  private static TestClient tv;
  private static TestClient confidential;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    users = new TestUsers(server);
    tv = ClientBuilder.device(server).register();
    confidential = ClientBuilder.device(server).authMethod("client_secret_basic").register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** RFC 8628 §3.2. */
  @Test
  void answerHasBothCodesAndSaysWhereToGo() {
    HttpResponse<String> response = tv.post(DeviceFlow.PATH, Map.of("scope", "openid"));
    JsonNode body = Http.body(200, response);

    assertTrue(
        Http.header(response, "Content-Type").startsWith("application/json"),
        response.headers().toString());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    assertTrue(body.get("device_code").asText().matches("[A-Za-z0-9_-]{43}"), body.toString());
    String userCode = body.get("user_code").asText();
    assertTrue(userCode.matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}"), userCode);
    assertEquals(server.issuer() + "/device", body.get("verification_uri").asText());
    assertEquals(
        server.issuer() + "/device?user_code=" + userCode,
        body.get("verification_uri_complete").asText());
    assertEquals(600, body.get("expires_in").asInt());
    assertEquals(5, body.get("interval").asInt());
  }

  @Test
  void everyDeviceHasCodesOfItsOwn() {
    DeviceFlow one = tv.device("openid");
    DeviceFlow other = tv.device("openid");

    assertNotEquals(one.deviceCode(), other.deviceCode());
    assertNotEquals(one.userCode(), other.userCode());
  }

  @Test
  void lifetimeAndIntervalAreConfigured() {
    Map<String, Object> settings =
        Map.of("gatewright.device.code-lifetime", "2m", "gatewright.device.interval", "7s");
    try (TestServer slow = TestServer.start(settings)) {
      JsonNode answer = ClientBuilder.device(slow).register().device("openid").answer();

      assertEquals(120, answer.get("expires_in").asInt());
      assertEquals(7, answer.get("interval").asInt());
    }
  }

  /** RFC 8628 §3.1, RFC 6749 §3.2.1: as at the token endpoint. */
  @Test
  void clientAuthenticatesAsAtTheTokenEndpoint() {
    assertEquals(200, confidential.post(DeviceFlow.PATH, Map.of("scope", "openid")).statusCode());
    TestClient byPost = ClientBuilder.device(server).authMethod("client_secret_post").register();
    Map<String, String> inBody =
        Map.of("client_id", byPost.clientId(), "client_secret", byPost.secret(), "scope", "openid");
    assertEquals(200, new Http(server).form(DeviceFlow.PATH, inBody).statusCode());

    Http http = new Http(server);
    for (Map<String, String> form :
        List.of(
            Map.of("scope", "openid"),
            Map.of("client_id", "nobody"),
            Map.of("client_id", confidential.clientId()),
            Map.of("client_id", confidential.clientId(), "client_secret", confidential.secret()),
            Map.of("client_id", byPost.clientId(), "client_secret", "wrong"),
            Map.of("client_id", tv.clientId(), "client_secret", "x"))) {
      HttpResponse<String> response = http.form(DeviceFlow.PATH, form);
      assertEquals("invalid_client", Http.body(401, response).get("error").asText());
      assertTrue(
          Http.header(response, "WWW-Authenticate").startsWith("Basic"), "RFC 6749 section 5.2");
    }
  }

  /** RFC 6749 §5.2: registered clients for this grant type alone. */
  @Test
  void clientThatIsNotRegisteredForTheGrantTypeIsRefused() {
    TestClient web = ClientBuilder.web(server).register();

    assertError("unauthorized_client", web.post(DeviceFlow.PATH, Map.of("scope", "openid")));
    assertError(
        "unauthorized_client",
        web.token(Map.of("grant_type", GrantType.DEVICE_CODE, "device_code", "x")));
    assertError(
        "unauthorized_client",
        tv.token(Map.of("grant_type", "authorization_code", "code", "x", "redirect_uri", "x")));
  }

  /** RFC 6749 §3.3: unknown and unregistered scopes are left out; nothing is refused. */
  @Test
  void scopesAreThoseOfTheClient() {
    TestClient narrow =
        ClientBuilder.device(server).scope("openid user:read").defaultScope("user:read").register();
    Browser browser = new Browser(server).logIn(users.user());

    assertEquals("openid", narrow.device("openid user:write nonsense").tokens(browser).scope());
    DeviceFlow byDefault =
        new DeviceFlow(narrow, Http.body(200, narrow.post(DeviceFlow.PATH, Map.of())));
    assertEquals("user:read", byDefault.tokens(browser).scope());
    assertError("invalid_scope", narrow.post(DeviceFlow.PATH, Map.of("scope", "user:write")));
    assertError("invalid_scope", narrow.post(DeviceFlow.PATH, Map.of("scope", "a\"b")));
    assertError("invalid_scope", tv.post(DeviceFlow.PATH, Map.of()));
  }

  /** RFC 8628 §3.1: sent without a value is as not sent, an unknown one is ignored. */
  @Test
  void emptyAndUnknownParametersAreIgnored() {
    TestClient byDefault = ClientBuilder.device(server).defaultScope("openid").register();

    Map<String, String> form = Map.of("scope", "", "client_secret", "", "resource", "", "x", "y");
    assertEquals(200, byDefault.post(DeviceFlow.PATH, form).statusCode());
  }

  /** RFC 8628 §3.1; RFC 8707 §2 lets a resource be repeated. */
  @Test
  void repeatedParametersAreRefused() {
    String client = "client_id=" + tv.clientId();
    String resource = "&resource=" + server.issuer();

    assertError("invalid_request", send(client + "&scope=openid&scope=email"));
    assertError("invalid_request", send(client + "&" + client + "&scope=openid"));
    assertEquals(200, send(client + "&scope=openid" + resource + resource).statusCode());
  }

  /** RFC 8707 §2. */
  @Test
  void tokenIsForTheResourceThatWasAskedFor() {
    Browser browser = new Browser(server).logIn(users.user());
    Map<String, String> form = Map.of("scope", "openid user:read", "resource", server.issuer());
    DeviceFlow device = new DeviceFlow(tv, Http.body(200, tv.post(DeviceFlow.PATH, form)));
    JsonNode claims = Tokens.claims(device.tokens(browser).access());

    assertEquals(server.issuer(), claims.get("aud").asText());
    assertError(
        "invalid_target",
        tv.post(DeviceFlow.PATH, Map.of("scope", "openid", "resource", "https://evil.example")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void otherMethodsBeginNothing(String method) {
    String path = DeviceFlow.PATH + "?scope=openid&client_id=" + tv.clientId();
    HttpResponse<String> response = new Http(server).send(method, path, "");

    assertEquals(405, response.statusCode(), response.body());
    assertFalse(response.body().contains("device_code"), response.body());
  }

  @Test
  void otherMediaTypesBeginNothing() {
    HttpResponse<String> response =
        new Http(server)
            .json("POST", DeviceFlow.PATH, "{\"client_id\":\"%s\"}".formatted(tv.clientId()));

    assertEquals("invalid_request", Http.body(415, response).get("error").asText());
  }

  /** RFC 8628 §4. */
  @Test
  void metadataNamesTheEndpointAndTheGrantType() {
    for (String path :
        new String[] {
          "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"
        }) {
      JsonNode metadata = Http.body(200, new Http(server).get(path));
      assertEquals(
          server.issuer() + DeviceFlow.PATH,
          metadata.get("device_authorization_endpoint").asText());
      assertTrue(
          metadata.get("grant_types_supported").toString().contains(GrantType.DEVICE_CODE),
          metadata.toString());
    }
  }

  private static HttpResponse<String> send(String body) {
    return new Http(server).send("POST", DeviceFlow.PATH, body, "Content-Type", FORM);
  }

  private static void assertError(String error, HttpResponse<String> response) {
    assertEquals(error, Http.body(400, response).get("error").asText(), response.body());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
  }
}
