package dev.gatewright.grant;

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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in an ID token (OpenID Connect Core §2, §3.1.3.6), and what metadata says of it. */
class IdTokenTest {
  private static TestServer server;
  private static TestClient client;
  private static User user;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = ClientBuilder.web(server).register();
    user = new TestUsers(server).openUser();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** §2: azp is for an audience that is not the client alone, and so never here. */
  @Test
  void idTokenSaysWhoLoggedInWhenAndHow() {
    Tokens tokens = client.flow().tokens(user);
    JsonNode claims = Tokens.claims(tokens.id());

    assertEquals(new TreeSet<>(IdTokens.CLAIMS), names(claims));
    assertEquals(client.clientId(), claims.get("aud").asText());
    assertEquals("urn:gatewright:acr:password", claims.get("acr").asText());
    assertEquals("[\"pwd\"]", claims.get("amr").toString());
    assertEquals("nonce-of-the-tests", claims.get("nonce").asText());
    assertTrue(claims.get("auth_time").isIntegralNumber());
    assertTrue(claims.get("auth_time").asLong() <= claims.get("iat").asLong());
    assertFalse(claims.has("azp"));
  }

  /** §3.1.2.1: a nonce is repeated when there is one; §12.2: a refresh has none. */
  @Test
  void nonceIsThereOnlyWhenOneWasSent() {
    Tokens without =
        client.flow().without("nonce").with("scope", "openid offline_access").tokens(user);
    assertFalse(Tokens.claims(without.id()).has("nonce"));

    Tokens with = client.flow().with("scope", "openid offline_access").tokens(user);
    JsonNode refreshed = Tokens.claims(Tokens.of(client.refresh(with.refresh())).id());
    assertFalse(refreshed.has("nonce"));
    JsonNode first = Tokens.claims(with.id());
    for (String same : Set.of("iss", "sub", "aud", "auth_time", "acr", "amr")) {
      assertEquals(first.get(same), refreshed.get(same), same);
    }
  }

  /** oidcc-ensure-request-with-acr-values-succeeds; §3.1.2.1: acr_values are a wish. */
  @Test
  void acrValuesAreAWish() {
    Tokens tokens = client.flow().with("acr_values", "1 2").tokens(user);

    assertEquals("urn:gatewright:acr:password", Tokens.claims(tokens.id()).get("acr").asText());
  }

  /** OpenID Connect Discovery §3: claims_supported is neither more nor less than what is told. */
  @Test
  void metadataNamesExactlyTheClaimsThatAreTold() {
    JsonNode metadata = metadata();
    Set<String> told = names(Tokens.claims(client.flow().tokens(user).id()));
    Tokens wide = client.flow().with("scope", "openid profile email address phone").tokens(user);
    told.addAll(
        names(
            Http.body(
                200,
                new Http(server)
                    .get("/oauth2/userinfo", "Authorization", "Bearer " + wide.access()))));

    assertEquals(told, values(metadata.get("claims_supported")));
  }

  @Test
  void metadataTellsOfSubjectsAndContexts() {
    JsonNode metadata = metadata();

    assertEquals(Set.of("public", "pairwise"), values(metadata.get("subject_types_supported")));
    assertEquals(
        Set.of("urn:gatewright:acr:password"), values(metadata.get("acr_values_supported")));
    assertEquals(
        Set.of("ES256", "RS256", "PS256", "EdDSA"),
        values(metadata.get("userinfo_signing_alg_values_supported")));
    assertTrue(metadata.get("claims_parameter_supported").asBoolean());
    assertTrue(
        values(metadata.get("scopes_supported"))
            .containsAll(
                Set.of("openid", "profile", "email", "address", "phone", "offline_access")));
  }

  private static JsonNode metadata() {
    return Http.body(200, new Http(server).get("/.well-known/openid-configuration"));
  }

  private static Set<String> values(JsonNode array) {
    Set<String> values = new TreeSet<>();
    array.forEach(value -> values.add(value.asText()));
    return values;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
