package dev.gatewright.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.TlsSite;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The members of a client that most go without (OpenID Connect Dynamic Registration §2). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientOptionsApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY =
      "{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\":"
          + " \"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\", \"y\":"
          + " \"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";

  private final TlsSite sector = TlsSite.start();
  private final TestServer server = TestServer.start(sector.trusted());
  private final Http http = new Http(server);
  private String administrator = "";

  @BeforeAll
  void logIn() {
    var users = new TestUsers(server);
    administrator = users.bearer(users.administrator());
  }

  @AfterAll
  void stop() {
    server.close();
    sector.close();
  }

  @Test
  void everyOptionIsReadBack() throws IOException {
    sector.serve("/sector.json", "application/json", "[\"https://a.example/callback\"]");
    ObjectNode options =
        object(
            """
            {"refresh_token_idle_lifetime": 600, "client_uri": "https://a.example", "logo_uri": "https://a.example/logo.png",
             "policy_uri": "https://a.example/privacy", "tos_uri": "https://a.example/terms", "contacts": ["a@a.example"],
             "jwks": {"keys": [%s]}, "token_endpoint_auth_signing_alg": "ES256", "request_object_signing_alg": "PS256",
             "request_uris": ["https://a.example/request.jwt"], "userinfo_signed_response_alg": "EdDSA",
             "subject_type": "pairwise", "sector_identifier_uri": "%s", "default_max_age": 60,
             "require_auth_time": true, "default_acr_values": ["urn:example:acr"],
             "initiate_login_uri": "https://a.example/login", "post_logout_redirect_uris": ["https://a.example/bye"],
             "backchannel_logout_uri": "https://a.example/logout", "backchannel_logout_session_required": true}
            """
                .formatted(KEY, sector.url("/sector.json")));
    JsonNode created = Http.body(201, post(options));
    JsonNode read = Http.body(200, get(created.get("client_id").asText()));
    options
        .properties()
        .forEach(option -> assertEquals(option.getValue(), read.get(option.getKey())));
  }

  @Test
  void patchChangesOneAndNullReturnsToTheDefault() throws IOException {
    String id =
        Http.body(
                201,
                post(
                    object(
                        """
                        {"contacts": ["a@a.example"], "default_max_age": 60, "require_auth_time": true,
                         "client_uri": "https://a.example"}
                        """)))
            .get("client_id")
            .asText();
    JsonNode patched =
        Http.body(
            200,
            http.json(
                "PATCH",
                "/api/clients/" + id,
                "{\"contacts\": [\"b@a.example\"], \"default_max_age\": null,"
                    + " \"require_auth_time\": null}",
                "Authorization",
                administrator));
    assertEquals("b@a.example", patched.get("contacts").get(0).asText());
    assertFalse(patched.has("default_max_age"));
    assertFalse(patched.get("require_auth_time").asBoolean());
    assertEquals("https://a.example", patched.get("client_uri").asText());
  }

  @Test
  void aClientWithoutOptionsHasTheirDefaults() throws IOException {
    JsonNode created = Http.body(201, post(object("{}")));
    assertEquals("public", created.get("subject_type").asText());
    assertFalse(created.get("require_auth_time").asBoolean());
    assertFalse(created.has("jwks"));
    assertFalse(created.has("contacts"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          client_uri                      | "ftp://a.example"
          client_uri                      | "https://user@a.example"
          logo_uri                        | "javascript:alert(1)"
          logo_uri                        | "http://a.example/logo.png"
          policy_uri                      | "https://a.example/#x"
          tos_uri                         | "/terms"
          contacts                        | [""]
          contacts                        | [null]
          jwks                            | {"keys": []}
          jwks                            | {"keys": "x"}
          jwks                            | {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}
          jwks                            | {"keys": [{"kty": "EC"}]}
          jwks                            | {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}]}
          jwks_uri                        | "http://localhost/jwks.json"
          token_endpoint_auth_signing_alg | "HS256"
          token_endpoint_auth_signing_alg | "none"
          request_object_signing_alg      | "none"
          request_uris                    | ["http://a.example/request.jwt"]
          userinfo_signed_response_alg    | "HS256"
          subject_type                    | "other"
          sector_identifier_uri           | "http://a.example/sector.json"
          default_max_age                 | -1
          default_acr_values              | ["two words"]
          post_logout_redirect_uris       | ["http://a.example/bye"]
          post_logout_redirect_uris       | ["https://a.example/bye#x"]
          backchannel_logout_uri          | "http://a.example/logout"
          backchannel_logout_uri          | "http://localhost/logout"
          backchannel_logout_uri          | "https://a.example/logout#x"
          refresh_token_idle_lifetime     | 59
          """)
  void aMistakeIsNamedByItsField(String field, String value) throws IOException {
    JsonNode problem = Http.body(400, post(object("{\"" + field + "\": " + value + "}")));
    List<String> fields = new ArrayList<>();
    problem.get("errors").forEach(error -> fields.add(error.get("field").asText()));
    assertEquals(List.of(field), fields);
  }

  @Test
  void keysStandInOnePlaceOnly() throws IOException {
    JsonNode problem =
        Http.body(
            400,
            post(
                object(
                    "{\"jwks\": {\"keys\": ["
                        + KEY
                        + "]}, \"jwks_uri\":"
                        + " \"https://a.example/jwks.json\"}")));
    assertEquals("jwks", problem.get("errors").get(0).get("field").asText());
  }

  /** OpenID Connect Core §8.1. */
  @Test
  void pairwiseSubjectsOfSeveralHostsNeedASector() throws IOException {
    String several =
        "\"redirect_uris\": [\"https://a.example/callback\", \"https://b.example/callback\"]";
    JsonNode problem =
        Http.body(400, post(object("{\"subject_type\": \"pairwise\", " + several + "}")));
    assertEquals("sector_identifier_uri", problem.get("errors").get(0).get("field").asText());
    assertTrue(Http.body(201, post(object("{\"subject_type\": \"pairwise\"}"))).has("client_id"));
  }

  private static ObjectNode object(String options) throws IOException {
    ObjectNode client =
        (ObjectNode)
            JSON.readTree(
                """
                {"client_name": "A client", "redirect_uris": ["https://a.example/callback"],
                 "grant_types": ["authorization_code", "refresh_token"], "scope": "openid user:read"}
                """);
    client.put("client_id", "options-" + UUID.randomUUID());
    client.setAll((ObjectNode) JSON.readTree(options));
    return client;
  }

  private HttpResponse<String> post(ObjectNode client) {
    return http.json("POST", "/api/clients", client.toString(), "Authorization", administrator);
  }

  private HttpResponse<String> get(String clientId) {
    return http.get("/api/clients/" + clientId, "Authorization", administrator);
  }
}
