package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.error.InvalidTokenException;
import dev.gatewright.client.error.InvalidTokenException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation of ID tokens (OpenID Connect Core §3.1.3.7, RFC 8725). */
class IdTokenTest {

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);
  private final OAuth2Session session = provider.session().build();

  @AfterEach
  void stop() {
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
  void tokenSignedByAnAdvertisedAlgorithmIsAccepted(String algorithm) {
    grantIdTokenBy(JWSAlgorithm.parse(algorithm));

    assertEquals("user-1", logIn().idTokenClaims().get("sub"));
  }

  /** RFC 8725 §3.1: what the provider does not use, it cannot have signed with. */
  @Test
  void algorithmThatIsNotAdvertisedIsRefused() {
    grantIdTokenBy(JWSAlgorithm.PS256);

    assertRefused(Reason.ALGORITHM);
  }

  @Test
  void unsignedTokenIsRefused() {
    provider.idTokenInTransit = token -> new PlainJWT(claims(token)).serialize();

    assertRefused(Reason.ALGORITHM);
  }

  /** RFC 8725 §2.1: a public key is no HMAC secret. */
  @Test
  void tokenSignedByThePublicKeyAsASecretIsRefused() {
    provider.metadata.put("id_token_signing_alg_values_supported", List.of("RS256", "HS256"));
    provider.idTokenInTransit =
        token -> {
          try {
            SignedJWT forged =
                new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(provider.keys.rsa.getKeyID())
                        .build(),
                    claims(token));
            forged.sign(new MACSigner(provider.keys.rsa.toPublicKey().getEncoded()));
            return forged.serialize();
          } catch (JOSEException e) {
            throw new IllegalStateException(e);
          }
        };

    assertRefused(Reason.ALGORITHM);
  }

  /** RFC 7515 §4.1.11: whoever does not know a critical parameter must not go on. */
  @Test
  void tokenWithACriticalParameterIsRefused() {
    provider.idTokenInTransit =
        token -> {
          try {
            JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(provider.keys.rsa.getKeyID())
                    .criticalParams(Set.of("must-know"))
                    .customParam("must-know", true)
                    .build();
            SignedJWT jwt = new SignedJWT(header, claims(token));
            jwt.sign(new RSASSASigner(provider.keys.rsa));
            return jwt.serialize();
          } catch (JOSEException e) {
            throw new IllegalStateException(e);
          }
        };

    assertRefused(Reason.MALFORMED);
  }

  @Test
  void changedClaimsBreakTheSignature() {
    provider.idTokenInTransit =
        token -> {
          String[] parts = token.split("\\.");
          JWTClaimsSet changed =
              new JWTClaimsSet.Builder(claims(token)).subject("somebody else").build();
          return parts[0] + "." + changed.toPayload().toBase64URL() + "." + parts[2];
        };

    assertRefused(Reason.SIGNATURE);
  }

  @Test
  void signatureOfAnUnknownKeyIsRefused() {
    TestKeys strange = new TestKeys("strange");
    provider.idTokenInTransit = token -> strange.sign(JWSAlgorithm.RS256, "JWT", claims(token));

    assertRefused(Reason.KEY);
  }

  @Test
  void keysAreFetchedAgainWhenTheIssuerHasANewOne() {
    logIn();
    provider.keys = new TestKeys("2");

    logIn();

    assertEquals(2, provider.askedAt("/.well-known/jwks.json").size());
  }

  @Test
  void nonceOfAnotherLoginIsRefused() {
    whenClaims(claims -> claims.claim("nonce", "another"), Reason.NONCE);
    whenClaims(claims -> claims.claim("nonce", null), Reason.NONCE);
  }

  @Test
  void tokenOfAnotherIssuerIsRefused() {
    whenClaims(claims -> claims.issuer("https://other.example"), Reason.ISSUER);
  }

  @Test
  void tokenForAnotherClientIsRefused() {
    whenClaims(claims -> claims.audience("another client"), Reason.AUDIENCE);
    whenClaims(claims -> claims.audience((String) null), Reason.AUDIENCE);
    whenClaims(claims -> claims.claim("azp", "another client"), Reason.AUTHORIZED_PARTY);
    whenClaims(
        claims -> claims.audience(List.of(FakeProvider.CLIENT_ID, "another client")),
        Reason.AUTHORIZED_PARTY);
  }

  @Test
  void tokenForSeveralClientsIsAcceptedWhenIssuedToThisOne() {
    provider.idTokenClaims =
        claims ->
            claims
                .audience(List.of(FakeProvider.CLIENT_ID, "another client"))
                .claim("azp", FakeProvider.CLIENT_ID);

    assertEquals(FakeProvider.CLIENT_ID, logIn().idTokenClaims().get("azp"));
  }

  @Test
  void timesAreCheckedWithTheClockSkewAllowed() {
    whenClaims(claims -> claims.expirationTime(secondsFromNow(-30)), Reason.EXPIRED);
    whenClaims(claims -> claims.issueTime(secondsFromNow(31)), Reason.NOT_YET_VALID);
    whenClaims(claims -> claims.expirationTime(null), Reason.CLAIMS);
    whenClaims(claims -> claims.issueTime(null), Reason.CLAIMS);
    whenClaims(claims -> claims.subject(null), Reason.CLAIMS);

    provider.idTokenClaims =
        claims -> claims.expirationTime(secondsFromNow(-29)).issueTime(secondsFromNow(30));
    assertEquals("user-1", logIn().idTokenClaims().get("sub"));
  }

  /** OpenID Connect Core §3.1.3.8. */
  @Test
  void accessTokenHashMustMatch() {
    whenClaims(
        claims -> claims.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"), Reason.ACCESS_TOKEN_HASH);

    String accessToken = "the-access-token";
    provider.tokenEndpoint = asked -> answer(accessToken, provider.idToken(JWSAlgorithm.RS256));
    provider.idTokenClaims = claims -> claims.claim("at_hash", leftHalfOfSha256(accessToken));
    assertEquals(accessToken, logIn().accessToken());
  }

  @Test
  void accessTokenIsNoIdToken() {
    provider.tokenEndpoint =
        asked -> answer("token", provider.accessToken(JWSAlgorithm.RS256, "at+jwt", claims -> {}));

    assertRefused(Reason.TYPE);
  }

  @Test
  void maxAgeIsHeldAgainstTheTimeOfTheLogin() {
    provider.idTokenClaims =
        claims -> claims.claim("auth_time", clock.instant().getEpochSecond() - 300);

    Tokens tokens =
        session.fetchToken(provider.approve(session.authorizationUrl(Map.of("max_age", "300"))));
    assertEquals("user-1", tokens.idTokenClaims().get("sub"));
    AuthorizationRequest stricter = session.authorizationUrl(Map.of("max_age", "60"));
    InvalidTokenException refusal =
        assertThrows(
            InvalidTokenException.class, () -> session.fetchToken(provider.approve(stricter)));
    assertEquals(Reason.AUTHENTICATION_TIME, refusal.reason());
  }

  /** OpenID Connect Core §12.2. */
  @Test
  void refreshedIdTokenMustBeAboutTheSameUser() {
    logIn();
    clock.advance(Duration.ofHours(1));
    provider.tokenEndpoint = asked -> answer("token", provider.idToken(JWSAlgorithm.RS256));
    provider.idTokenClaims = claims -> claims.subject("user-2");

    InvalidTokenException refusal = assertThrows(InvalidTokenException.class, session::accessToken);

    assertEquals(Reason.SUBJECT, refusal.reason());
  }

  private Tokens logIn() {
    return session.fetchToken(provider.approve(session.authorizationUrl()));
  }

  private void whenClaims(Consumer<JWTClaimsSet.Builder> change, Reason reason) {
    provider.idTokenClaims = change;
    assertRefused(reason);
  }

  private void assertRefused(Reason reason) {
    InvalidTokenException refusal = assertThrows(InvalidTokenException.class, this::logIn);
    assertEquals(reason, refusal.reason());
    assertTrue(session.tokens().isEmpty());
  }

  private void grantIdTokenBy(JWSAlgorithm algorithm) {
    provider.tokenEndpoint = asked -> answer("token", provider.idToken(algorithm));
  }

  private static Answer answer(String accessToken, String idToken) {
    Map<String, Object> body = new HashMap<>();
    body.put("access_token", accessToken);
    body.put("token_type", "Bearer");
    body.put("expires_in", 3600);
    body.put("id_token", idToken);
    return Answer.json(200, body);
  }

  private Date secondsFromNow(long seconds) {
    return Date.from(clock.instant().plusSeconds(seconds));
  }

  private static JWTClaimsSet claims(String token) {
    try {
      return SignedJWT.parse(token).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String leftHalfOfSha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return Base64URL.encode(Arrays.copyOf(hash, 16)).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
