package dev.gatewright.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;

/** A signing key ready for use: its signer and verifier are made once and serve all threads. */
record SigningKey(
    String kid,
    SigningAlgorithm algorithm,
    int generation,
    JWK publicJwk,
    JWSSigner signer,
    JWSVerifier verifier) {

  static SigningKey of(JWK jwk, SigningAlgorithm algorithm, int generation) {
    try {
      JWSSigner signer =
          switch (jwk) {
            case ECKey ec -> new ECDSASigner(ec);
            case RSAKey rsa -> new RSASSASigner(rsa);
            case OctetKeyPair okp -> Ed25519.signer(okp);
            default -> throw new IllegalStateException("No signer for " + jwk.getKeyType());
          };
      JWSVerifier verifier =
          switch (jwk) {
            case ECKey ec -> new ECDSAVerifier(ec.toPublicJWK());
            case RSAKey rsa -> new RSASSAVerifier(rsa.toPublicJWK());
            case OctetKeyPair okp -> Ed25519.verifier(okp);
            default -> throw new IllegalStateException("No verifier for " + jwk.getKeyType());
          };
      return new SigningKey(
          jwk.getKeyID(), algorithm, generation, jwk.toPublicJWK(), signer, verifier);
    } catch (JOSEException e) {
      throw new IllegalStateException("The signing key " + jwk.getKeyID() + " cannot be used", e);
    }
  }
}
