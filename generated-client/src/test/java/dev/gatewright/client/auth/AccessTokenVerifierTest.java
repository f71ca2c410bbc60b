package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.gatewright.client.error.InvalidTokenException;
import dev.gatewright.client.error.InvalidTokenException.Reason;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API tells good access tokens from bad ones, and says what is bad about them (RFC 9068 §4). */
class AccessTokenVerifierTest {

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);
  private final AccessTokenVerifier verifier = verifierFor(provider.issuer().toString());

  @AfterEach
  void stop() {
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
  void goodTokenIsDecoded(String algorithm) {
    AccessToken token =
        verifier.verify(
            provider.accessToken(JWSAlgorithm.parse(algorithm), "at+jwt", claims -> {}));

    assertEquals("user-1", token.subject());
    assertEquals(FakeProvider.CLIENT_ID, token.clientId());
    assertEquals(List.of(provider.issuer().toString()), token.audience());
    assertEquals(Set.of("openid", "user:read"), token.scopes());
    assertEquals(clock.instant(), token.issuedAt());
    assertEquals(clock.instant().plusSeconds(3600), token.expiresAt());
    assertTrue(token.hasScopes("user:read"));
    assertFalse(token.hasScopes("user:read", "user:write"));
  }

  @Test
  void expiredTokenIsToldApartToTheSecond() {
    String token = provider.accessToken(claims -> {});

    clock.advance(Duration.ofSeconds(3599));
    assertEquals("user-1", verifier.verify(token).subject());
    clock.advance(Duration.ofSeconds(1));
    assertRefused(Reason.EXPIRED, token);
  }

  @Test
  void tamperedTokenIsToldApart() {
    String[] parts = provider.accessToken(claims -> {}).split("\\.");
    String[] other = provider.accessToken(claims -> claims.subject("administrator")).split("\\.");

    assertRefused(Reason.SIGNATURE, parts[0] + "." + other[1] + "." + parts[2]);
    assertRefused(Reason.SIGNATURE, parts[0] + "." + parts[1] + "." + other[2]);
  }

  /** An expired token that was also tampered with proves nothing, not even its age. */
  @Test
  void tamperingIsFoundBeforeExpiry() {
    String[] parts = provider.accessToken(claims -> {}).split("\\.");
    String[] other =
        provider.accessToken(claims -> claims.expirationTime(new Date(0))).split("\\.");

    assertRefused(Reason.SIGNATURE, parts[0] + "." + other[1] + "." + parts[2]);
  }

  /** The last character of an ES256 signature has four bits that mean nothing. */
  @Test
  void everyCharacterOfTheSignatureCounts() {
    String token = provider.accessToken(claims -> {});
    char last = token.charAt(token.length() - 1);
    char twin =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            .charAt(alphabetIndex(last) ^ 1);

    assertRefused(Reason.SIGNATURE, token.substring(0, token.length() - 1) + twin);
  }

  @Test
  void tokenForAnotherApiIsToldApart() {
    assertRefused(
        Reason.AUDIENCE, provider.accessToken(claims -> claims.audience("https://other.example")));
    assertRefused(Reason.AUDIENCE, provider.accessToken(claims -> claims.audience((String) null)));

    String forOrders =
        provider.accessToken(claims -> claims.audience("https://api.example/orders"));
    assertEquals("user-1", verifierFor("https://api.example/orders").verify(forOrders).subject());
  }

  @Test
  void tokenOfAnotherIssuerIsRefused() {
    assertRefused(
        Reason.ISSUER, provider.accessToken(claims -> claims.issuer("https://other.example")));
  }

  @Test
  void unsignedTokenIsRefused() {
    assertRefused(
        Reason.ALGORITHM,
        new PlainJWT(new JWTClaimsSet.Builder().subject("user-1").build()).serialize());
  }

  /** RFC 9068 §4: an ID token opens no API. */
  @Test
  void idTokenIsRefused() {
    assertRefused(Reason.TYPE, provider.accessToken(JWSAlgorithm.ES256, "JWT", claims -> {}));
  }

  @Test
  void keyOfNobodyIsRefused() {
    String strange =
        new TestKeys("strange")
            .sign(JWSAlgorithm.ES256, "at+jwt", new JWTClaimsSet.Builder().build());

    assertRefused(Reason.KEY, strange);
    for (int i = 0; i < 20; i++) {
      assertRefused(Reason.KEY, strange);
    }
    assertTrue(provider.askedAt("/.well-known/jwks.json").size() <= 3);
  }

  @Test
  void requiredClaimsAreRequired() {
    List<Consumer<JWTClaimsSet.Builder>> changes =
        List.of(
            claims -> claims.subject(null),
            claims -> claims.claim("client_id", null),
            claims -> claims.jwtID(null),
            claims -> claims.expirationTime(null),
            claims -> claims.issueTime(null),
            claims -> claims.claim("scope", List.of("a", "b")));
    for (Consumer<JWTClaimsSet.Builder> change : changes) {
      assertRefused(Reason.CLAIMS, provider.accessToken(change));
    }
  }

  @Test
  void tokenOfTheFutureIsRefused() {
    Date later = Date.from(clock.instant().plusSeconds(1));

    assertRefused(
        Reason.NOT_YET_VALID, provider.accessToken(claims -> claims.notBeforeTime(later)));
    assertRefused(Reason.NOT_YET_VALID, provider.accessToken(claims -> claims.issueTime(later)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "opaque", "\u0000", "e30.e30.e30"})
  void garbageIsRefused(String garbage) {
    assertRefused(Reason.MALFORMED, garbage);
  }

  private AccessTokenVerifier verifierFor(String audience) {
    return provider.gatewright().verifier(audience).withClockSkew(Duration.ZERO);
  }

  private static int alphabetIndex(char c) {
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(c);
  }

  private void assertRefused(Reason reason, String token) {
    InvalidTokenException refusal =
        assertThrows(InvalidTokenException.class, () -> verifier.verify(token));
    assertEquals(reason, refusal.reason());
  }
}
