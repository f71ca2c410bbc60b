package dev.gatewright.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.client.Clients;
import dev.gatewright.client.LoginClient;
import dev.gatewright.grant.Grants;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/clients}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsApiTest {
  private final TestServer server = TestServer.start();
  private final Http http = new Http(server);
  private String administrator = "";
  private String user = "";

  @BeforeAll
  void logIn() {
    var users = new TestUsers(server);
    administrator = users.bearer(users.administrator());
    user = users.bearer(users.user());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void createdClientIsReadBackWithoutItsSecret() {
    HttpResponse<String> response = post(web("read-back"));
    JsonNode created = Http.body(201, response);
    assertTrue(created.get("client_secret").asText().matches("gws_[A-Za-z0-9_-]{43}"));
    assertEquals("/api/clients/read-back", Http.header(response, "Location"));
    assertEquals("no-store", Http.header(response, "Cache-Control"));

    HttpResponse<String> found = get("/api/clients/read-back");
    JsonNode client = Http.body(200, found);
    assertFalse(client.has("client_secret"));
    assertFalse(found.body().contains("hash"));
    assertEquals(Http.header(response, "ETag"), Http.header(found, "ETag"));
    assertEquals("A client", client.get("client_name").asText());
    assertEquals("web", client.get("application_type").asText());
    assertEquals("client_secret_basic", client.get("token_endpoint_auth_method").asText());
    assertTrue(client.get("require_pkce").asBoolean());
    assertTrue(client.get("require_consent").asBoolean());
    assertEquals("offline_access", client.get("refresh_token_policy").asText());
    assertEquals(3600, client.get("access_token_lifetime").asInt());
    assertEquals("ES256", client.get("access_token_signed_response_alg").asText());
    assertEquals("RS256", client.get("id_token_signed_response_alg").asText());
    assertEquals(0, client.get("resource_server_for").size());
    assertEquals(created.get("created_at"), client.get("created_at"));
  }

  @Test
  void clientWithoutAnIdGetsOne() {
    JsonNode created =
        Http.body(
            201,
            post(
                """
                {"client_name": "A client", "redirect_uris": ["https://a.example/callback"], "scope": "openid"}
                """));
    Http.body(200, get("/api/clients/" + created.get("client_id").asText()));
  }

  @Test
  void publicClientGetsNoSecret() {
    JsonNode created =
        Http.body(
            201,
            post(
                """
                {"client_id": "cli", "client_name": "CLI", "application_type": "native", "scope": "openid",
                 "token_endpoint_auth_method": "none", "redirect_uris": ["http://127.0.0.1/callback"]}
                """));
    assertFalse(created.has("client_secret"));
    Http.body(
        400, http.send("POST", "/api/clients/cli/secret", "", "Authorization", administrator));
  }

  @Test
  void takenClientIdIsAConflict() {
    Http.body(201, post(web("taken")));
    JsonNode problem = Http.body(409, post(web("taken")));
    assertEquals("client_id", problem.get("errors").get(0).get("field").asText());
    Http.body(409, post(web(LoginClient.CLIENT_ID)));
  }

  @Test
  void everyMistakeIsNamedByField() {
    JsonNode problem =
        Http.body(
            400,
            post(
                """
                {"client_name": "A client", "redirect_uris": ["http://a.example/callback"], "scope": "nonsense",
                 "grant_types": ["implicit", "authorization_code"]}
                """));
    List<String> fields = new ArrayList<>();
    problem.get("errors").forEach(error -> fields.add(error.get("field").asText()));
    assertEquals(List.of("grant_types", "redirect_uris", "scope"), fields);
    assertTrue(problem.get("instance").asText().startsWith("urn:uuid:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "\"text\"",
        "{}",
        "{\"client_name\": null}",
        "{\"client_name\": 42, \"scope\": {}}",
        "{\"client_name\": \"A\", \"grant_types\": [null]}",
        "{\"client_name\": \"A\", \"redirect_uris\": [null]}",
        "{\"client_name\": \"A\", \"redirect_uris\": \"https://a.example\"}",
        "{\"client_name\": \"A\", \"application_type\": \"desktop\"}",
        "{\"client_name\": \"A\", \"access_token_lifetime\": 1e99}",
        "{\"client_name\": \"A\", \"access_token_lifetime\": -1}",
        "{\"client_name\": \"A\\u0000\", \"scope\": \"openid\", \"redirect_uris\":"
            + " [\"https://a.example\"]}",
        "{\"client_name\": \"\\ud800\", \"scope\": \"openid\", \"redirect_uris\":"
            + " [\"https://a.example\"]}",
        "{\"client_id\": \"a/b\", \"client_name\": \"A\", \"scope\": \"openid\", \"redirect_uris\":"
            + " [\"https://a.example\"]}",
      })
  void strangeRegistrationIsRefused(String body) {
    Http.body(400, post(body));
  }

  @Test
  void absentMemberStaysAndNullReturnsToTheDefault() {
    Http.body(201, post(web("patched")));
    JsonNode first =
        Http.body(
            200,
            patch(
                "patched",
                """
                {"client_name": "Renamed", "default_scope": "openid", "access_token_lifetime": 60}
                """));
    assertEquals("Renamed", first.get("client_name").asText());
    assertEquals("openid", first.get("default_scope").asText());
    JsonNode second =
        Http.body(
            200,
            patch(
                "patched",
                """
                {"default_scope": null, "access_token_lifetime": null}
                """));
    assertEquals("Renamed", second.get("client_name").asText());
    assertFalse(second.has("default_scope"));
    assertEquals(3600, second.get("access_token_lifetime").asInt());
    assertEquals("openid user:read", second.get("scope").asText());
  }

  @Test
  void memberWithoutDefaultCannotBeCleared() {
    Http.body(201, post(web("cleared")));
    JsonNode problem = Http.body(400, patch("cleared", "{\"client_name\": null}"));
    assertEquals("client_name", problem.get("errors").get(0).get("field").asText());
  }

  /** RFC 9110 §13.1.1. */
  @Test
  void overtakenChangeIsRefused() {
    String seen = Http.header(post(web("overtaken")), "ETag");
    HttpResponse<String> changed =
        patch("overtaken", "{\"client_name\": \"First\"}", "If-Match", seen);
    Http.body(200, changed);
    assertNotEquals(seen, Http.header(changed, "ETag"));
    Http.body(412, patch("overtaken", "{\"client_name\": \"Second\"}", "If-Match", seen));
    Http.body(412, delete("overtaken", "If-Match", seen));
    assertEquals(204, delete("overtaken", "If-Match", Http.header(changed, "ETag")).statusCode());
  }

  @Test
  void rotatedSecretEndsTheOldOne() {
    String old = Http.body(201, post(machine("rotated"))).get("client_secret").asText();
    Http.body(200, clientCredentials("rotated", old));
    JsonNode rotated =
        Http.body(
            200,
            http.send("POST", "/api/clients/rotated/secret", "", "Authorization", administrator));
    Http.body(200, clientCredentials("rotated", rotated.get("client_secret").asText()));
    Http.body(401, clientCredentials("rotated", old));
  }

  @Test
  void deletedClientIsGoneWithWhatItWasGranted() {
    Http.body(201, post(web("deleted")));
    User ada = new TestUsers(server).user();
    Grants grants = server.bean(Grants.class);
    UUID grant =
        grants
            .open(
                new Grants.NewGrant(
                    UUID.randomUUID(),
                    ada.id(),
                    server.bean(Clients.class).find("deleted").orElseThrow(),
                    Scopes.of(List.of("user:read")),
                    List.of(),
                    null,
                    ada.createdAt(),
                    "pwd"))
            .grant()
            .id();
    assertTrue(grants.live(grant).isPresent());
    assertEquals(204, delete("deleted").statusCode());
    Http.body(404, get("/api/clients/deleted"));
    Http.body(404, delete("deleted"));
    assertFalse(grants.live(grant).isPresent());
  }

  @Test
  void builtInClientIsNotServed() {
    Http.body(404, get("/api/clients/" + LoginClient.CLIENT_ID));
    Http.body(404, patch(LoginClient.CLIENT_ID, "{\"client_name\": \"Mine\"}"));
    Http.body(404, delete(LoginClient.CLIENT_ID));
  }

  @Test
  void listIsPaged() {
    List.of("page-1", "page-2", "page-3").forEach(id -> Http.body(201, post(web(id))));
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = Http.body(200, get("/api/clients?limit=2" + cursor));
      assertTrue(page.get("items").size() <= 2);
      page.get("items").forEach(client -> all.add(client.get("client_id").asText()));
      cursor = page.has("next_cursor") ? "&cursor=" + page.get("next_cursor").asText() : "";
    } while (!cursor.isEmpty());
    assertTrue(all.containsAll(List.of("page-1", "page-2", "page-3")));
    assertEquals(all.stream().distinct().sorted().toList(), all);
    assertFalse(all.contains(LoginClient.CLIENT_ID));
  }

  @ParameterizedTest
  @CsvSource({"0", "201", "-1", "many", "9999999999"})
  void strangeLimitIsRefused(String limit) {
    Http.body(400, get("/api/clients?limit=" + limit));
  }

  /** RFC 6750 §3.1. */
  @Test
  void onlyAdministratorsAreServed() {
    assertEquals(401, http.get("/api/clients").statusCode());
    for (HttpResponse<String> response :
        List.of(
            http.get("/api/clients", "Authorization", user),
            http.json("POST", "/api/clients", web("intruder"), "Authorization", user),
            http.send("DELETE", "/api/clients/read-back", "", "Authorization", user))) {
      assertEquals(403, response.statusCode());
      assertTrue(Http.header(response, "WWW-Authenticate").contains("insufficient_scope"));
    }
  }

  @Test
  void otherMediaTypeIsRefused() {
    Http.body(201, post(web("media-type")));
    assertEquals(
        415,
        http.send(
                "PATCH",
                "/api/clients/media-type",
                "{}",
                "Authorization",
                administrator,
                "Content-Type",
                "application/json")
            .statusCode());
  }

  private HttpResponse<String> get(String path) {
    return http.get(path, "Authorization", administrator);
  }

  private HttpResponse<String> post(String body) {
    return http.json("POST", "/api/clients", body, "Authorization", administrator);
  }

  private HttpResponse<String> patch(String clientId, String body, String... headers) {
    return http.json("PATCH", "/api/clients/" + clientId, body, authorized(headers));
  }

  private HttpResponse<String> delete(String clientId, String... headers) {
    return http.send("DELETE", "/api/clients/" + clientId, "", authorized(headers));
  }

  private String[] authorized(String... headers) {
    List<String> all = new ArrayList<>(List.of("Authorization", administrator));
    all.addAll(List.of(headers));
    return all.toArray(String[]::new);
  }

  private HttpResponse<String> clientCredentials(String clientId, String secret) {
    String basic =
        Base64.getEncoder()
            .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.US_ASCII));
    return http.form(
        "/oauth2/token",
        Map.of("grant_type", "client_credentials"),
        "Authorization",
        "Basic " + basic);
  }

  private static String web(String clientId) {
    return """
    {"client_id": "%s", "client_name": "A client", "redirect_uris": ["https://a.example/callback"],
     "grant_types": ["authorization_code", "refresh_token"], "scope": "openid user:read"}
    """
        .formatted(clientId);
  }

  private static String machine(String clientId) {
    return """
    {"client_id": "%s", "client_name": "A machine", "grant_types": ["client_credentials"],
     "scope": "users:read", "default_scope": "users:read"}
    """
        .formatted(clientId);
  }
}
