package dev.gatewright.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Browser;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.TlsSite;
import dev.gatewright.Tokens;
import dev.gatewright.client.Clients;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that register themselves (RFC 7591) and look after their registration (RFC 7592). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationTest {
  private static final String CALLBACK = "https://client.example/callback";
  private static final String MINIMAL = "{\"redirect_uris\": [\"" + CALLBACK + "\"]}";

  private final TlsSite sector = TlsSite.start();
  private final TestServer server = TestServer.start(open());
  private final TestServer guarded = TestServer.start();
  private final Http http = new Http(server);
  private String administrator = "";

  @BeforeAll
  void logIn() {
    var users = new TestUsers(guarded);
    administrator = users.bearer(users.administrator());
  }

  @AfterAll
  void stop() {
    server.close();
    guarded.close();
    sector.close();
  }

  private Map<String, Object> open() {
    Map<String, Object> configuration = new HashMap<>(sector.trusted());
    configuration.put("gatewright.registration.mode", "open");
    configuration.put("gatewright.registration.require-pkce", false);
    return configuration;
  }

  /** RFC 7591 §3.2.1. */
  @Test
  void theAnswerSaysWhatIsRegistered() {
    HttpResponse<String> response = register(MINIMAL);
    JsonNode client = Http.body(201, response);
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    assertEquals("client_secret_basic", client.get("token_endpoint_auth_method").asText());
    assertEquals("[\"authorization_code\"]", client.get("grant_types").toString());
    assertEquals("[\"code\"]", client.get("response_types").toString());
    assertEquals("client.example", client.get("client_name").asText());
    assertTrue(client.get("client_secret").asText().startsWith("gws_"));
    assertEquals(0, client.get("client_secret_expires_at").asInt());
    assertTrue(client.get("client_id_issued_at").asLong() > 1_700_000_000);
    assertEquals(
        server.issuer() + "/oauth2/register/" + client.get("client_id").asText(),
        client.get("registration_client_uri").asText());
  }

  @Test
  void aRegisteredClientGetsTokensAndItsUsersAreAsked() {
    User user = new TestUsers(server).user();
    JsonNode client = Http.body(201, register(MINIMAL));
    var app =
        new TestClient(
            server,
            client.get("client_id").asText(),
            client.get("client_secret").asText(),
            CALLBACK);
    Browser browser = new Browser(server).logIn(user);
    var flow = app.flow().with("scope", "openid profile");
    assertTrue(Http.header(flow.send(browser), "Location").startsWith("/consent?"));
    assertFalse(Tokens.of(flow.redeem(flow.answer(browser, user).value("code"))).id().isEmpty());
  }

  /** OAuth 2.1 §7.5.1: no client may go without PKCE unless the operator says so. */
  @Test
  void whetherAConfidentialClientMustSendACodeChallengeIsConfigured() {
    String token = token("{\"name\": \"Strict\"}");
    assertTrue(Http.body(201, registerWith(token)).get("require_pkce").asBoolean());
    assertFalse(Http.body(201, register(MINIMAL)).get("require_pkce").asBoolean());
    assertTrue(
        Http.body(201, register(with("\"token_endpoint_auth_method\": \"none\"")))
            .get("require_pkce")
            .asBoolean());
    assertTrue(
        Http.body(201, register(with("\"require_pkce\": true"))).get("require_pkce").asBoolean());
  }

  /** RFC 7591 §3.2.1: the server may give less than what was asked for. */
  @Test
  void scopesBeyondTheConfiguredOnesAreLeftOut() {
    JsonNode client =
        Http.body(201, register(with("\"scope\": \"openid email users:read clients:write\"")));
    assertEquals("openid email", client.get("scope").asText());
  }

  /** RFC 7591 §2: what the server does not understand is ignored; what it does is kept. */
  @Test
  void metadataIsKeptAndUnknownMembersAreIgnored() {
    JsonNode client =
        Http.body(
            201,
            register(
                with(
                    "\"client_name\": \"Reports\", \"logo_uri\": \"https://client.example/l.png\","
                        + " \"contacts\": [\"a@client.example\"], \"x_unknown\": {\"a\": 1},"
                        + " \"require_consent\": false, \"resource_server_for\": [\"https://x\"],"
                        + " \"client_id\": \"mine\", \"access_token_lifetime\": 1")));
    assertEquals("Reports", client.get("client_name").asText());
    assertEquals("https://client.example/l.png", client.get("logo_uri").asText());
    assertFalse(client.has("x_unknown"));
    String id = client.get("client_id").asText();
    assertFalse(id.equals("mine"));
    var registered = server.bean(Clients.class).find(id).orElseThrow();
    assertTrue(registered.requireConsent());
    assertTrue(registered.resourceServerFor().isEmpty());
    assertEquals(3600, registered.accessTokenLifetime());
  }

  /** RFC 7591 §3.2.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          invalid_redirect_uri          | {"redirect_uris": []}
          invalid_redirect_uri          | {}
          invalid_redirect_uri          | {"redirect_uris": ["https://client.example/cb#fragment"]}
          invalid_redirect_uri          | {"redirect_uris": ["http://client.example/cb"]}
          invalid_redirect_uri          | {"redirect_uris": ["javascript:alert(1)"]}
          invalid_redirect_uri          | {"redirect_uris": ["https://client.example/*"]}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "grant_types": ["implicit"]}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "grant_types": ["client_credentials"]}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "response_types": ["token"]}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "response_types": ["code", "id_token"]}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb", null]}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "token_endpoint_auth_method": "client_secret_jwt"}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "id_token_signed_response_alg": "none"}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "subject_type": "other"}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "logo_uri": "javascript:alert(1)"}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "jwks_uri": "http://169.254.169.254/"}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "scope": "a\\"b"}
          invalid_client_metadata       | {"redirect_uris": ["https://client.example/cb"], "client_name": "\\u0000"}
          unapproved_software_statement | {"redirect_uris": ["https://client.example/cb"], "software_statement": "a.b.c"}
          invalid_request               | {"redirect_uris": "https://client.example/cb"}
          invalid_request               | {
          invalid_request               | []
          """)
  void metadataThatIsNotAcceptableIsRefusedByItsName(String error, String body) {
    JsonNode refusal = Http.body(400, register(body));
    assertEquals(error, refusal.get("error").asText(), refusal.toString());
    assertFalse(refusal.get("error_description").asText().isEmpty());
  }

  /** OpenID Connect Core §8.1: a sector confirms who belongs to it. */
  @Test
  void aSectorMustListTheRedirectUris() {
    sector.serve("/good.json", "application/json", "[\"" + CALLBACK + "\", \"https://x.example\"]");
    sector.serve("/bad.json", "application/json", "[\"https://x.example/callback\"]");
    sector.serve("/garbage.json", "application/json", "{\"a\": [1]}");
    String member = "\"subject_type\": \"pairwise\", \"sector_identifier_uri\": \"%s\"";

    assertEquals(201, register(with(member.formatted(sector.url("/good.json")))).statusCode());
    for (String path : List.of("/bad.json", "/garbage.json", "/missing.json")) {
      JsonNode refusal = Http.body(400, register(with(member.formatted(sector.url(path)))));
      assertEquals("invalid_client_metadata", refusal.get("error").asText());
    }
  }

  /** RFC 7591 §5: what a client names is not fetched from an internal network. */
  @Test
  void aSectorOnAnInternalHostIsNotFetched() {
    JsonNode refusal =
        Http.body(
            400, register(with("\"sector_identifier_uri\": \"https://127.0.0.1/sector.json\"")));
    assertEquals("invalid_client_metadata", refusal.get("error").asText());
  }

  /** RFC 7592 §2.1. */
  @Test
  void aClientReadsItsRegistrationWithoutItsSecret() {
    JsonNode client = Http.body(201, register(MINIMAL));
    JsonNode read = Http.body(200, own("GET", client, ""));
    assertEquals(client.get("client_id"), read.get("client_id"));
    assertFalse(read.has("client_secret"));
    assertEquals(client.get("registration_access_token"), read.get("registration_access_token"));
  }

  /** RFC 7592 §2.2: an update replaces all that the client said. */
  @Test
  void anUpdateReplacesWhatTheClientSaid() {
    JsonNode client = Http.body(201, register(with("\"contacts\": [\"a@client.example\"]")));
    String id = client.get("client_id").asText();
    JsonNode updated =
        Http.body(
            200,
            own(
                "PUT",
                client,
                "{\"client_id\": \"%s\", \"client_name\": \"Renamed\", \"client_secret\": \"%s\","
                        .formatted(id, client.get("client_secret").asText())
                    + " \"redirect_uris\": [\"https://client.example/other\"]}"));
    assertEquals("Renamed", updated.get("client_name").asText());
    assertFalse(updated.has("contacts"));
    assertEquals("[\"https://client.example/other\"]", updated.get("redirect_uris").toString());
    assertEquals(updated, Http.body(200, own("GET", client, "")));
  }

  @Test
  void aPublicClientThatBecomesConfidentialIsGivenASecret() {
    JsonNode client = Http.body(201, register(with("\"token_endpoint_auth_method\": \"none\"")));
    assertFalse(client.has("client_secret"));
    JsonNode updated =
        Http.body(
            200,
            own(
                "PUT",
                client,
                "{\"client_id\": \"%s\", \"redirect_uris\": [\"%s\"]}"
                    .formatted(client.get("client_id").asText(), CALLBACK)));
    assertTrue(updated.get("client_secret").asText().startsWith("gws_"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"client_id\": \"other\"",
        "\"client_id\": \"%s\", \"client_secret\": \"wrong\"",
        "\"client_id\": \"%s\", \"registration_access_token\": \"x\"",
        "\"client_id\": \"%s\", \"registration_client_uri\": \"https://x\"",
        "\"client_id\": \"%s\", \"client_id_issued_at\": 1",
        "\"client_id\": \"%s\", \"client_secret_expires_at\": 0"
      })
  void anUpdateOfWhatTheServerChoseIsRefused(String members) {
    JsonNode client = Http.body(201, register(MINIMAL));
    String body =
        "{"
            + members.formatted(client.get("client_id").asText())
            + ", \"redirect_uris\": [\""
            + CALLBACK
            + "\"]}";
    assertEquals("invalid_request", Http.body(400, own("PUT", client, body)).get("error").asText());
  }

  /** RFC 7592 §2.3. */
  @Test
  void aDeletedClientIsGoneWithItsTokens() {
    User user = new TestUsers(server).user();
    JsonNode client = Http.body(201, register(MINIMAL));
    var app =
        new TestClient(
            server,
            client.get("client_id").asText(),
            client.get("client_secret").asText(),
            CALLBACK);
    Tokens tokens = app.flow().with("scope", "openid").tokens(user);
    assertEquals(204, own("DELETE", client, "").statusCode());
    assertEquals(401, own("GET", client, "").statusCode());
    assertEquals(
        401,
        http.get("/oauth2/userinfo", "Authorization", "Bearer " + tokens.access()).statusCode());
  }

  /** RFC 7592 §2: 401 whatever is wrong with the token, or with the client. */
  @Test
  void aRegistrationOpensToItsOwnTokenAlone() {
    JsonNode one = Http.body(201, register(MINIMAL));
    JsonNode other = Http.body(201, register(MINIMAL));
    String path = "/oauth2/register/" + one.get("client_id").asText();
    String foreign = other.get("registration_access_token").asText();
    for (HttpResponse<String> refused :
        List.of(
            http.get(path),
            http.get(path, "Authorization", "Bearer " + foreign),
            http.get(path, "Authorization", "Bearer gwm_made-up"),
            http.get(path, "Authorization", "Basic " + foreign),
            http.get("/oauth2/register/unknown", "Authorization", "Bearer " + foreign),
            http.get("/oauth2/register/gatewright-login", "Authorization", "Bearer " + foreign))) {
      assertEquals("invalid_token", Http.body(401, refused).get("error").asText());
      assertTrue(Http.header(refused, "WWW-Authenticate").startsWith("Bearer "));
    }
  }

  /** RFC 7591 §3: where it is not open, an initial access token lets a client in. */
  @Test
  void withoutAnInitialAccessTokenNobodyRegisters() {
    Http strict = new Http(guarded);
    for (String[] headers :
        new String[][] {
          {}, {"Authorization", "Bearer gwi_made-up"}, {"Authorization", administrator}
        }) {
      HttpResponse<String> refused = strict.json("POST", "/oauth2/register", MINIMAL, headers);
      assertEquals("invalid_token", Http.body(401, refused).get("error").asText());
    }
  }

  @Test
  void anInitialAccessTokenLetsInAsManyAsItWasMadeFor() throws Exception {
    String token = token("{\"name\": \"Reports team\", \"uses\": 3}");
    List<Callable<Integer>> attempts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      attempts.add(() -> registerWith(token).statusCode());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      for (var outcome : threads.invokeAll(attempts)) {
        statuses.add(outcome.get());
      }
    }
    assertEquals(3, statuses.stream().filter(status -> status == 201).count(), statuses.toString());
    assertEquals(9, statuses.stream().filter(status -> status == 401).count(), statuses.toString());
  }

  @Test
  void aRefusedRegistrationUsesNothingUp() {
    String token = token("{\"name\": \"Reports team\"}");
    Http strict = new Http(guarded);
    Http.body(
        400, strict.json("POST", "/oauth2/register", "{}", "Authorization", "Bearer " + token));
    assertEquals(201, registerWith(token).statusCode());
    assertEquals(401, registerWith(token).statusCode());
  }

  @Test
  void administratorsListAndWithdrawInitialAccessTokens() {
    Http strict = new Http(guarded);
    JsonNode made =
        Http.body(
            201,
            strict.json(
                "POST",
                "/api/registration-tokens",
                "{\"name\": \"To withdraw\"}",
                "Authorization",
                administrator));
    String list = strict.get("/api/registration-tokens", "Authorization", administrator).body();
    assertTrue(list.contains("To withdraw"), list);
    assertFalse(list.contains(made.get("token").asText()), list);
    String path = "/api/registration-tokens/" + made.get("id").asText();
    assertEquals(204, strict.send("DELETE", path, "", "Authorization", administrator).statusCode());
    assertEquals(404, strict.send("DELETE", path, "", "Authorization", administrator).statusCode());
    assertEquals(401, registerWith(made.get("token").asText()).statusCode());
  }

  @Test
  void onlyAdministratorsMakeInitialAccessTokens() {
    var users = new TestUsers(guarded);
    HttpResponse<String> refused =
        new Http(guarded)
            .json(
                "POST",
                "/api/registration-tokens",
                "{\"name\": \"Mine\"}",
                "Authorization",
                users.bearer(users.user()));
    assertEquals(403, refused.statusCode());
  }

  @Test
  void aClosedServerSaysSo() {
    try (TestServer closed = TestServer.start(Map.of("gatewright.registration.mode", "closed"))) {
      HttpResponse<String> refused = new Http(closed).json("POST", "/oauth2/register", MINIMAL);
      assertEquals("access_denied", Http.body(403, refused).get("error").asText());
      assertFalse(
          new Http(closed)
              .get("/.well-known/openid-configuration")
              .body()
              .contains("registration_endpoint"));
    }
  }

  private String token(String body) {
    return Http.body(
            201,
            new Http(guarded)
                .json("POST", "/api/registration-tokens", body, "Authorization", administrator))
        .get("token")
        .asText();
  }

  private HttpResponse<String> registerWith(String token) {
    return new Http(guarded)
        .json("POST", "/oauth2/register", MINIMAL, "Authorization", "Bearer " + token);
  }

  private HttpResponse<String> register(String body) {
    return http.json("POST", "/oauth2/register", body);
  }

  private HttpResponse<String> own(String method, JsonNode client, String body) {
    String path = "/oauth2/register/" + client.get("client_id").asText();
    String bearer = "Bearer " + client.get("registration_access_token").asText();
    return body.isEmpty()
        ? http.send(method, path, "", "Authorization", bearer)
        : http.json(method, path, body, "Authorization", bearer);
  }

  private static String with(String members) {
    return "{\"redirect_uris\": [\"" + CALLBACK + "\"], " + members + "}";
  }
}
