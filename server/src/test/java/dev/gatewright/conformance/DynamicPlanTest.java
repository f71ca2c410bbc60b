package dev.gatewright.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.Assertion;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestKey;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.TlsSite;
import dev.gatewright.Tokens;
import dev.gatewright.oauth.ResponseMode;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The plan {@code oidcc-dynamic-certification-test-plan}: every client registers itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamicPlanTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALLBACK = "https://client.example/callback";

  private final TlsSite site = TlsSite.start();
  private final TestServer server = TestServer.start(configuration());
  private final Http http = new Http(server);
  private final TestKey key = TestKey.of("RS256", "one");
  private User user;

  @BeforeAll
  void makeUser() {
    user = new TestUsers(server).user();
  }

  @AfterAll
  void stop() {
    server.close();
    site.close();
  }

  private Map<String, Object> configuration() {
    Map<String, Object> configuration = new HashMap<>(site.trusted());
    configuration.put("gatewright.registration.mode", "open");
    configuration.put("gatewright.registration.require-pkce", false);
    configuration.put("gatewright.request-uri.enabled", true);
    return configuration;
  }

  @Test
  @Module({"oidcc-idtoken-rs256", "oidcc-server"})
  void idTokensAreSignedByTheAlgorithmThatWasRegistered() throws Exception {
    for (String alg : List.of("RS256", "ES256", "PS256", "EdDSA")) {
      RelyingParty party = party(Map.of("id_token_signed_response_alg", alg));
      Tokens tokens = party.tokens(party.request("openid"), user);
      assertEquals(alg, SignedJWT.parse(tokens.id()).getHeader().getAlgorithm().getName());
    }
  }

  @Test
  @Module("oidcc-userinfo-rs256")
  void userinfoIsSignedByTheAlgorithmThatWasRegistered() throws Exception {
    RelyingParty party = party(Map.of("userinfo_signed_response_alg", "RS256"));
    String token = party.tokens(party.request("openid"), user).access();
    HttpResponse<String> response =
        http.get("/oauth2/userinfo", "Authorization", "Bearer " + token);
    assertEquals(200, response.statusCode(), response.body());
    assertTrue(Http.header(response, "Content-Type").startsWith("application/jwt"));
    SignedJWT jwt = SignedJWT.parse(response.body());
    assertEquals("RS256", jwt.getHeader().getAlgorithm().getName());
    assertEquals(server.issuer(), jwt.getJWTClaimsSet().getIssuer());
    assertEquals(List.of(party.client().clientId()), jwt.getJWTClaimsSet().getAudience());
    assertEquals(user.id().toString(), jwt.getJWTClaimsSet().getSubject());
  }

  @Test
  @Module("oidcc-ensure-redirect-uri-in-authorization-request")
  void aRequestWithoutARedirectUriGetsAPage() {
    RelyingParty party = party(Map.of());
    assertEquals(400, party.send(party.request("openid").without("redirect_uri")).statusCode());
  }

  @Test
  @Module({
    "oidcc-redirect-uri-query-OK",
    "oidcc-redirect-uri-query-mismatch",
    "oidcc-redirect-uri-query-added"
  })
  void theQueryOfARedirectUriIsKeptAndCompared() {
    RelyingParty party = party(Map.of("redirect_uris", List.of(CALLBACK + "?foo=bar")));
    assertTrue(party.answer(party.request("openid"), user).containsKey("code"));
    for (String other : List.of(CALLBACK + "?foo=baz", CALLBACK + "?foo=bar&a=b", CALLBACK)) {
      CodeFlow flow = party.request("openid").with("redirect_uri", other);
      assertEquals(400, party.send(flow).statusCode(), other);
    }
  }

  @Test
  @Module("oidcc-redirect-uri-regfrag")
  void aRedirectUriWithAFragmentCannotBeRegistered() {
    HttpResponse<String> refused = register(Map.of("redirect_uris", List.of(CALLBACK + "#foobar")));
    assertEquals("invalid_redirect_uri", Http.body(400, refused).get("error").asText());
  }

  @Test
  @Module({"oidcc-discovery-endpoint-verification"})
  void theMetadataSaysThatClientsMayRegister() {
    JsonNode metadata = Http.body(200, http.get("/.well-known/openid-configuration"));
    assertEquals(server.issuer(), metadata.get("issuer").asText());
    for (String endpoint :
        List.of(
            "authorization_endpoint",
            "token_endpoint",
            "userinfo_endpoint",
            "jwks_uri",
            "registration_endpoint")) {
      assertTrue(metadata.get(endpoint).asText().startsWith(server.issuer() + "/"), endpoint);
    }
    assertTrue(metadata.get("response_types_supported").toString().contains("\"code\""));
    assertTrue(metadata.get("subject_types_supported").toString().contains("\"public\""));
    assertTrue(
        metadata.get("id_token_signing_alg_values_supported").toString().contains("\"RS256\""));
    assertTrue(metadata.get("scopes_supported").toString().contains("\"openid\""));
    assertTrue(metadata.get("claims_supported").toString().contains("\"sub\""));
    assertTrue(metadata.get("claims_parameter_supported").asBoolean());
    assertTrue(metadata.get("request_parameter_supported").asBoolean());
    assertTrue(metadata.get("request_uri_parameter_supported").asBoolean());
    assertTrue(metadata.get("require_request_uri_registration").asBoolean());
  }

  @Test
  @Module({
    "oidcc-registration-logo-uri",
    "oidcc-registration-policy-uri",
    "oidcc-registration-tos-uri"
  })
  void whatAClientSaysOfItselfIsShownToWhoeverIsAsked() {
    Map<String, Object> links =
        Map.of(
            "logo_uri", "https://client.example/logo.png",
            "policy_uri", "https://client.example/policy",
            "tos_uri", "https://client.example/tos");
    RelyingParty party = party(links);
    party.browser().logIn(user);
    HttpResponse<String> page =
        party.browser().get(Http.header(party.send(party.request("openid")), "Location"));
    links.values().forEach(link -> assertTrue(page.body().contains("\"" + link + "\"")));
  }

  @Test
  @Module("oidcc-registration-jwks-uri")
  void aClientAuthenticatesByTheKeysAtItsJwksUri() {
    site.serve("/jwks.json", "application/json", TestKey.document(key));
    RelyingParty party = party(privateKeyJwt("/jwks.json"));
    Tokens tokens = redeemed(party, new Assertion(server, party.client().clientId(), key));
    assertFalse(tokens.id().isEmpty());
  }

  @Test
  @Module("oidcc-ensure-client-assertion-with-iss-aud-succeeds")
  void anAssertionMayBeMadeForTheIssuer() {
    site.serve("/iss-aud.json", "application/json", TestKey.document(key));
    RelyingParty party = party(privateKeyJwt("/iss-aud.json"));
    Tokens tokens =
        redeemed(
            party,
            new Assertion(server, party.client().clientId(), key).with("aud", server.issuer()));
    assertFalse(tokens.id().isEmpty());
  }

  @Test
  @Module({"oidcc-registration-sector-uri", "oidcc-registration-sector-bad"})
  void aSectorConfirmsTheRedirectUris() throws Exception {
    site.serve("/sector.json", "application/json", "[\"" + CALLBACK + "\"]");
    site.serve("/sector-bad.json", "application/json", "[\"https://other.example/callback\"]");
    RelyingParty party =
        party(
            Map.of("subject_type", "pairwise", "sector_identifier_uri", site.url("/sector.json")));
    JsonNode claims = party.validated(party.tokens(party.request("openid"), user).id());
    assertNotEquals(user.id().toString(), claims.get("sub").asText());
    HttpResponse<String> refused =
        register(Map.of("sector_identifier_uri", site.url("/sector-bad.json")));
    assertEquals("invalid_client_metadata", Http.body(400, refused).get("error").asText());
  }

  @Test
  @Module("oidcc-server-rotate-keys")
  void aNewKeyIsPublishedBesideTheOldOnes() {
    String before = http.get("/.well-known/jwks.json").body();
    var users = new TestUsers(server);
    HttpResponse<String> rotated =
        http.json(
            "POST",
            "/api/keys",
            "{\"alg\": \"RS256\"}",
            "Authorization",
            users.bearer(users.administrator()));
    assertTrue(rotated.statusCode() < 300, rotated.body());
    String after = http.get("/.well-known/jwks.json").body();
    assertTrue(kids(after).containsAll(kids(before)));
    assertEquals(kids(before).size() + 1, kids(after).size());
  }

  @Test
  @Module({"oidcc-refresh-token-rp-key-rotation", "oidcc-refresh-token"})
  void aClientMayRotateItsKeysBetweenACodeAndARefresh() {
    TestKey next = TestKey.of("RS256", "two");
    site.serve("/rotating.json", "application/json", TestKey.document(key));
    RelyingParty party = party(privateKeyJwt("/rotating.json"));
    String id = party.client().clientId();
    CodeFlow flow = party.request("openid offline_access").with("prompt", "consent");
    Tokens tokens =
        Tokens.of(
            http.form(
                "/oauth2/token",
                new Assertion(server, id, key)
                    .in(flow.redemption(party.answer(flow, user).get("code")))));
    site.serve("/rotating.json", "application/json", TestKey.document(next));
    Tokens refreshed =
        Tokens.of(
            http.form(
                "/oauth2/token",
                new Assertion(server, id, next)
                    .in(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refresh()))));
    assertFalse(refreshed.access().isEmpty());
  }

  @Test
  @Module({
    "oidcc-request-uri-signed-rs256",
    "oidcc-ensure-request-object-with-redirect-uri",
    "oidcc-request-uri-unsigned"
  })
  void aSignedRequestObjectIsTakenByValueAndByReferenceAndAnUnsignedOneIsNot() {
    site.serve("/request-keys.json", "application/json", TestKey.document(key));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("jwks_uri", site.url("/request-keys.json"));
    metadata.put("request_object_signing_alg", "RS256");
    metadata.put("request_uris", List.of(site.url("/request.jwt"), site.url("/unsigned.jwt")));
    RelyingParty party = party(metadata);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", party.client().clientId());
    claims.put("aud", server.issuer());
    claims.put("client_id", party.client().clientId());
    claims.put("response_type", "code");
    claims.put("redirect_uri", CALLBACK);
    claims.put("scope", "openid");
    claims.put("state", CodeFlow.STATE);
    claims.put("nonce", "nonce-of-the-object");
    String object = key.sign(claims);
    String type = "application/oauth-authz-req+jwt";
    site.serve("/request.jwt", type, object);
    site.serve("/unsigned.jwt", type, TestKey.unsigned(claims));

    for (CodeFlow flow :
        List.of(
            party.request("openid").with("request", object),
            party.request("openid").with("request_uri", site.url("/request.jwt")))) {
      String code = party.answer(flow, user).get("code");
      assertEquals(
          "nonce-of-the-object",
          Tokens.claims(Tokens.of(flow.redeem(code)).id()).get("nonce").asText());
    }
    for (CodeFlow flow :
        List.of(
            party.request("openid").with("request", TestKey.unsigned(claims)),
            party.request("openid").with("request_uri", site.url("/unsigned.jwt")))) {
      assertTrue(party.answer(party.send(flow)).containsKey("error"));
    }
  }

  private Map<String, Object> privateKeyJwt(String path) {
    return Map.of("token_endpoint_auth_method", "private_key_jwt", "jwks_uri", site.url(path));
  }

  private Tokens redeemed(RelyingParty party, Assertion assertion) {
    CodeFlow flow = party.request("openid");
    Map<String, String> form = flow.redemption(party.answer(flow, user).get("code"));
    return Tokens.of(http.form("/oauth2/token", assertion.in(form)));
  }

  private static List<String> kids(String jwks) {
    try {
      return JSON.readTree(jwks).get("keys").findValuesAsText("kid");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private RelyingParty party(Map<String, Object> metadata) {
    JsonNode client = Http.body(201, register(metadata));
    return new RelyingParty(
        server,
        new TestClient(
            server,
            client.get("client_id").asText(),
            client.path("client_secret").asText(""),
            client.get("redirect_uris").get(0).asText()),
        ResponseMode.QUERY);
  }

  private HttpResponse<String> register(Map<String, Object> metadata) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("redirect_uris", List.of(CALLBACK));
    body.put("grant_types", List.of("authorization_code", "refresh_token"));
    body.putAll(metadata);
    return http.json("POST", "/oauth2/register", TestKey.json(body));
  }
}
