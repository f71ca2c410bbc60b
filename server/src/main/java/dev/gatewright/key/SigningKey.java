package dev.gatewright.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signing key ready for use: its signer and verifier are made once and serve all threads.
 *
 * @param signsFrom when it begins to sign, and its predecessor ends
 * @param signer null once the private half is erased
 */
record SigningKey(
    String kid,
    SigningAlgorithm algorithm,
    int generation,
    Instant createdAt,
    Instant signsFrom,
    JWK publicJwk,
    @Nullable JWSSigner signer,
    JWSVerifier verifier) {

  /**
   * @param jwk with or without its private half
   */
  static SigningKey of(
      JWK jwk, SigningAlgorithm algorithm, int generation, Instant createdAt, Instant signsFrom) {
    try {
      return new SigningKey(
          jwk.getKeyID(),
          algorithm,
          generation,
          createdAt,
          signsFrom,
          jwk.toPublicJWK(),
          jwk.isPrivate() ? signerOf(jwk) : null,
          Verifiers.of(jwk));
    } catch (JOSEException e) {
      throw new IllegalStateException("The signing key " + jwk.getKeyID() + " cannot be used", e);
    }
  }

  private static JWSSigner signerOf(JWK jwk) throws JOSEException {
    return switch (jwk) {
      case ECKey ec -> new ECDSASigner(ec);
      case RSAKey rsa -> new RSASSASigner(rsa);
      case OctetKeyPair okp -> Ed25519.signer(okp);
      default -> throw new IllegalStateException("No signer for " + jwk.getKeyType());
    };
  }
}
