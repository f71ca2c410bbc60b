package dev.gatewright.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The published keys (RFC 7517): public halves, each with a name of its own, none of them weak. */
class JwksTest {
  private static TestServer server;
  private static HttpResponse<String> response;
  private static JsonNode keys;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    response = new Http(server).get("/.well-known/jwks.json");
    keys = Http.body(200, response).get("keys");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** RFC 7518 §6.2.2, §6.3.2, §6.4, RFC 8037 §2. */
  @Test
  void noPrivateMemberIsPublished() {
    assertFalse(keys.isEmpty());
    for (JsonNode key : keys) {
      for (String secret : new String[] {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
        assertFalse(key.has(secret), secret + " of " + key.get("kid"));
      }
      assertFalse(key.get("kty").asText().equals("oct"), "a symmetric key");
    }
  }

  /** RFC 7517 §4.5, §4.2, §4.4: and a key is for one algorithm and for signing. */
  @Test
  void everyKeyIsNamedAndForOneUse() {
    Set<String> kids = new HashSet<>();
    for (JsonNode key : keys) {
      assertTrue(kids.add(key.get("kid").asText()), "kid twice: " + key);
      assertFalse(key.get("kid").asText().isBlank());
      assertEquals("sig", key.get("use").asText());
      assertTrue(
          Set.of("ES256", "RS256", "PS256", "EdDSA").contains(key.get("alg").asText()),
          key.toString());
    }
    assertEquals(4, keys.size());
  }

  /** RFC 7518 §3.3: 2048 bits at least, and the usual exponent. */
  @Test
  void rsaKeysAreLongEnough() {
    for (JsonNode key : keys) {
      if (key.get("kty").asText().equals("RSA")) {
        BigInteger modulus =
            new BigInteger(1, Base64.getUrlDecoder().decode(key.get("n").asText()));
        assertTrue(modulus.bitLength() >= 2048, modulus.bitLength() + " bits");
        assertEquals("AQAB", key.get("e").asText());
      }
    }
  }

  @Test
  void keysMayBeCachedForAWhile() {
    assertTrue(
        Http.header(response, "Cache-Control").contains("max-age"), response.headers().toString());
    assertTrue(
        Http.header(response, "Content-Type").contains("json"), response.headers().toString());
  }

  /** Two servers never have the same keys. */
  @Test
  void keysAreMadeAnew() {
    try (TestServer other = TestServer.start()) {
      JsonNode others = Http.body(200, new Http(other).get("/.well-known/jwks.json")).get("keys");
      for (JsonNode key : keys) {
        for (JsonNode foreign : others) {
          assertFalse(key.get("kid").equals(foreign.get("kid")));
        }
      }
    }
  }
}
