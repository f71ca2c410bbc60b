package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.jwt.Ed25519;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client says who it is by a JWT that it signs (RFC 7523 §3, OpenID Connect Core §9). */
class PrivateKeyJwtTest {

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void assertionIsForTheIssuerAloneAndGoodForAMinute() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();

    machine(key).accessToken();

    Asked asked = provider.askedAt("/oauth2/token").get(0);
    assertEquals(
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        asked.form().get("client_assertion_type"));
    assertEquals("null", asked.authorization());
    SignedJWT assertion = assertion(asked);
    JWTClaimsSet claims = assertion.getJWTClaimsSet();
    assertEquals("key-1", assertion.getHeader().getKeyID());
    assertEquals("machine", claims.getIssuer());
    assertEquals("machine", claims.getSubject());
    assertEquals(List.of(provider.issuer().toString()), claims.getAudience());
    assertEquals(clock.instant().plusSeconds(60), claims.getExpirationTime().toInstant());
    assertTrue(verifies(assertion, key));
    assertFalse(asked.body().contains("client_secret"));
  }

  @Test
  void everyKindOfKeySigns() throws Exception {
    for (JWK key :
        List.of(
            new ECKeyGenerator(Curve.P_256).generate(),
            new ECKeyGenerator(Curve.P_384).generate(),
            new RSAKeyGenerator(2048).generate(),
            new RSAKeyGenerator(2048).algorithm(JWSAlgorithm.PS256).generate())) {
      provider.asked.clear();
      machine(key).accessToken();
      assertTrue(verifies(assertion(provider.askedAt("/oauth2/token").get(0)), key));
    }
  }

  @Test
  void ed25519SignsByTheJdk() throws Exception {
    OctetKeyPair key = ed25519();

    machine(key).accessToken();

    SignedJWT assertion = assertion(provider.askedAt("/oauth2/token").get(0));
    assertEquals(JWSAlgorithm.EdDSA, assertion.getHeader().getAlgorithm());
    assertTrue(
        Ed25519.verify(
            key.toPublicJWK(), assertion.getSigningInput(), assertion.getSignature().decode()));
  }

  /** The server takes a jti once, so that a request that is repeated needs another. */
  @Test
  void everyAttemptHasAnAssertionOfItsOwn() throws Exception {
    AtomicInteger count = new AtomicInteger();
    provider.tokenEndpoint =
        asked ->
            count.incrementAndGet() == 1
                ? Answer.error(503, "temporarily_unavailable", "later")
                : provider.grant(asked);

    machine(new ECKeyGenerator(Curve.P_256).generate()).accessToken();

    List<Asked> asked = provider.askedAt("/oauth2/token");
    assertEquals(2, asked.size());
    assertNotEquals(
        assertion(asked.get(0)).getJWTClaimsSet().getJWTID(),
        assertion(asked.get(1)).getJWTClaimsSet().getJWTID());
  }

  @Test
  void publicKeyIsNoCredential() throws Exception {
    JWK key = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK();

    assertThrows(IllegalArgumentException.class, () -> machine(key));
  }

  private OAuth2Session machine(JWK key) {
    return provider
        .gatewright()
        .newSession()
        .clientId("machine")
        .privateKey(key)
        .clientCredentials()
        .build();
  }

  private static SignedJWT assertion(Asked asked) throws ParseException {
    return SignedJWT.parse(asked.form().get("client_assertion"));
  }

  private static boolean verifies(SignedJWT jwt, JWK key) throws JOSEException {
    return jwt.verify(
        new DefaultJWSVerifierFactory()
            .createJWSVerifier(jwt.getHeader(), ((AsymmetricJWK) key).toPublicKey()));
  }

  private static OctetKeyPair ed25519() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] x = pair.getPublic().getEncoded();
    byte[] d = pair.getPrivate().getEncoded();
    return new OctetKeyPair.Builder(
            Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(x, x.length - 32, x.length)))
        .d(Base64URL.encode(Arrays.copyOfRange(d, d.length - 32, d.length)))
        .build();
  }
}
