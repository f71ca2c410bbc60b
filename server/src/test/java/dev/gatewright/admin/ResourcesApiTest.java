package dev.gatewright.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/resources}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResourcesApiTest {
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
  void createdResourceIsReadBack() {
    HttpResponse<String> response = post(resource("read-back"));
    JsonNode created = Http.body(201, response);
    HttpResponse<String> found = get(Http.header(response, "Location"));
    assertEquals(created, Http.body(200, found));
    assertEquals(Http.header(response, "ETag"), Http.header(found, "ETag"));
    assertEquals("no-store", Http.header(found, "Cache-Control"));
    assertEquals("https://api.example/read-back", created.get("identifier").asText());
    assertEquals("read-back:read", created.get("scopes").get(0).get("scope").asText());
    assertFalse(created.has("access_token_lifetime"));
  }

  @Test
  void itsScopesAreInTheMetadataAtOnce() {
    Http.body(201, post(resource("published")));
    assertTrue(http.get("/.well-known/openid-configuration").body().contains("\"published:read\""));
  }

  @Test
  void takenNamesAreConflicts() {
    Http.body(201, post(resource("taken")));
    JsonNode identifier =
        Http.body(409, post(resource("taken").replace("taken:read", "free:read")));
    assertEquals("identifier", identifier.get("errors").get(0).get("field").asText());
    JsonNode scope = Http.body(409, post(resource("free").replace("free:read", "taken:read")));
    assertEquals("scopes", scope.get("errors").get(0).get("field").asText());
  }

  @Test
  void absentMemberStaysAndNullReturnsToTheDefault() {
    String location = Http.header(post(resource("patched")), "Location");
    JsonNode first =
        Http.body(
            200,
            patch(
                location,
                "{\"access_token_lifetime\": 60, \"access_token_signed_response_alg\":"
                    + " \"EdDSA\"}"));
    assertEquals(60, first.get("access_token_lifetime").asInt());
    assertEquals("EdDSA", first.get("access_token_signed_response_alg").asText());
    assertEquals("A resource", first.get("name").asText());
    JsonNode second =
        Http.body(200, patch(location, "{\"access_token_lifetime\": null, \"scopes\": null}"));
    assertFalse(second.has("access_token_lifetime"));
    assertEquals("EdDSA", second.get("access_token_signed_response_alg").asText());
    assertEquals(0, second.get("scopes").size());
  }

  /** RFC 9110 §13.1.1. */
  @Test
  void overtakenChangeIsRefused() {
    HttpResponse<String> created = post(resource("overtaken"));
    String location = Http.header(created, "Location");
    String seen = Http.header(created, "ETag");
    HttpResponse<String> changed = patch(location, "{\"name\": \"First\"}", "If-Match", seen);
    Http.body(200, changed);
    Http.body(412, patch(location, "{\"name\": \"Second\"}", "If-Match", seen));
    Http.body(412, delete(location, "If-Match", seen));
    assertEquals(204, delete(location, "If-Match", Http.header(changed, "ETag")).statusCode());
    Http.body(404, get(location));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"identifier\": \"https://api.example/x\", \"name\": \"X\"}",
        "{\"identifier\": \"x\", \"name\": \"X\", \"scopes\": []}",
        "{\"identifier\": \"ht tp://x\", \"name\": \"X\", \"scopes\": []}",
        "{\"identifier\": null, \"name\": \"X\", \"scopes\": []}",
        "{\"identifier\": \"https://api.example/x#y\", \"name\": \"X\", \"scopes\": []}",
        "{\"identifier\": \"https://api.example/x\", \"name\": \"X\", \"scopes\": [null]}",
        "{\"identifier\": \"https://api.example/x\", \"name\": \"X\", \"scopes\": [{}]}",
        "{\"identifier\": \"https://api.example/x\", \"name\": \"X\", \"scopes\": [{\"scope\":"
            + " \"x\"}]}",
        "{\"identifier\": \"https://api.example/x\", \"name\": \"X\", \"scopes\": [\"x\"]}",
        "{\"identifier\": \"https://api.example/x\", \"name\": \"X\","
            + " \"scopes\": [{\"scope\": \"openid\", \"description\": \"D\"}]}"
      })
  void strangeRegistrationIsRefused(String body) {
    Http.body(400, post(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "00000000-0000-0000-0000-00000000000g", "1-1-1-1-1"})
  void strangeIdIsRefused(String id) {
    int status = get("/api/resources/" + id).statusCode();
    assertTrue(status == 400 || status == 404, String.valueOf(status));
  }

  @Test
  void listIsPaged() {
    List.of("page-1", "page-2", "page-3").forEach(name -> Http.body(201, post(resource(name))));
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = Http.body(200, get("/api/resources?limit=2" + cursor));
      assertTrue(page.get("items").size() <= 2);
      page.get("items").forEach(resource -> all.add(resource.get("identifier").asText()));
      cursor = page.has("next_cursor") ? "&cursor=" + page.get("next_cursor").asText() : "";
    } while (!cursor.isEmpty());
    assertEquals(all.stream().distinct().toList(), all);
    assertTrue(all.contains("https://api.example/page-3"));
    Http.body(400, get("/api/resources?cursor=nonsense"));
  }

  /** RFC 6750 §3.1. */
  @Test
  void onlyAdministratorsAreServed() {
    assertEquals(401, http.get("/api/resources").statusCode());
    assertEquals(403, http.get("/api/resources", "Authorization", user).statusCode());
    assertEquals(
        403,
        http.json("POST", "/api/resources", resource("intruder"), "Authorization", user)
            .statusCode());
  }

  private HttpResponse<String> get(String path) {
    return http.get(path, "Authorization", administrator);
  }

  private HttpResponse<String> post(String body) {
    return http.json("POST", "/api/resources", body, "Authorization", administrator);
  }

  private HttpResponse<String> patch(String path, String body, String... headers) {
    return http.json("PATCH", path, body, authorized(headers));
  }

  private HttpResponse<String> delete(String path, String... headers) {
    return http.send("DELETE", path, "", authorized(headers));
  }

  private String[] authorized(String... headers) {
    List<String> all = new ArrayList<>(List.of("Authorization", administrator));
    all.addAll(List.of(headers));
    return all.toArray(String[]::new);
  }

  private static String resource(String name) {
    return """
    {"identifier": "https://api.example/%1$s", "name": "A resource",
     "scopes": [{"scope": "%1$s:read", "description": "Read"}]}
    """
        .formatted(name);
  }
}
