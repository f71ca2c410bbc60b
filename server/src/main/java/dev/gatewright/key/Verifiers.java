package dev.gatewright.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;

/** Verifiers for public keys. */
final class Verifiers {
  private Verifiers() {}

  /**
   * The verifier of a key's public half; it takes every algorithm of the key's type.
   *
   * @throws JOSEException for a key that cannot verify
   */
  static JWSVerifier of(JWK jwk) throws JOSEException {
    return switch (jwk) {
      case ECKey ec -> new ECDSAVerifier(ec.toPublicJWK());
      case RSAKey rsa -> new RSASSAVerifier(rsa.toPublicJWK());
      case OctetKeyPair okp -> Ed25519.verifier(okp);
      default -> throw new JOSEException("No verifier for " + jwk.getKeyType());
    };
  }
}
