package dev.gatewright.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.key.TestKeys;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** RFC 9111 §5.2.2: five minutes, far below the day that a key is published before it signs. */
  @Test
  void keysMayBeCachedForAWhile() {
    assertEquals("public, max-age=300", Http.header(response, "Cache-Control"));
    assertTrue(
        Http.header(response, "Content-Type").contains("json"), response.headers().toString());
  }

  @Test
  void howLongKeysMayBeCachedIsConfigured() {
    try (TestServer other = TestServer.start(Map.of("gatewright.keys.jwks-max-age", "1h"))) {
      HttpResponse<String> answer = new Http(other).get("/.well-known/jwks.json");
      assertEquals("public, max-age=3600", Http.header(answer, "Cache-Control"));
    }
  }

  /** RFC 9110 §8.8.3, §13.1.2, §15.4.5. */
  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "\"other\",W/%s ,\"more\"", "*"})
  void whoHasTheKeysIsNotSentThemAgain(String known) {
    String etag = Http.header(response, "ETag");
    assertTrue(etag.matches("\"[A-Za-z0-9_-]{43}\""), etag);
    HttpResponse<String> again = get("If-None-Match", known.formatted(etag));
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals(etag, Http.header(again, "ETag"));
    assertEquals("public, max-age=300", Http.header(again, "Cache-Control"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"other\"", "W/\"other\"", "", ",", "\"", "other", "\"*\""})
  void whoHasOtherKeysIsSentThem(String known) {
    HttpResponse<String> again = get("If-None-Match", known);
    assertEquals(response.body(), again.body());
    assertEquals(Http.header(response, "ETag"), Http.header(again, "ETag"));
  }

  @Test
  void entityTagIsTheSameUntilTheKeysChange() {
    TestClock clock = new TestClock();
    try (TestServer other = TestServer.start(Map.of(), clock)) {
      Http http = new Http(other);
      String first = Http.header(http.get("/.well-known/jwks.json"), "ETag");
      clock.advance(Duration.ofDays(89));
      assertEquals(304, http.get("/.well-known/jwks.json", "If-None-Match", first).statusCode());
      new TestKeys(other).tend();
      HttpResponse<String> changed = http.get("/.well-known/jwks.json", "If-None-Match", first);
      assertEquals(8, Http.body(200, changed).get("keys").size());
      assertNotEquals(first, Http.header(changed, "ETag"));
    }
  }

  /** RFC 9110 §8.8.3.3: a strong entity tag is of one sequence of bytes alone. */
  @Test
  void keysAreTheSameBytesForEveryone() {
    HttpResponse<String> answer = get("Accept-Encoding", "gzip, deflate, br");
    assertEquals("", Http.header(answer, "Content-Encoding"));
    assertEquals(response.body(), answer.body());
  }

  private static HttpResponse<String> get(String... headers) {
    return new Http(server).get("/.well-known/jwks.json", headers);
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
