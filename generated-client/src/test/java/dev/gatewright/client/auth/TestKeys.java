package dev.gatewright.client.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;

/** Signing keys of each kind that the server has, and tokens signed by them. */
final class TestKeys {

  /** How the raw key ends a SubjectPublicKeyInfo (RFC 8410 §4). */
  private static final int RAW_ED25519_BYTES = 32;

  final RSAKey rsa;
  final ECKey ec;
  private final KeyPair ed25519;
  private final String suffix;

  /**
   * @param suffix what the {@code kid}s end with
   */
  TestKeys(String suffix) {
    this.suffix = suffix;
    try {
      rsa = new RSAKeyGenerator(2048).keyID("rsa-" + suffix).generate();
      ec = new ECKeyGenerator(Curve.P_256).keyID("ec-" + suffix).generate();
      ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String jwks() {
    byte[] spki = ed25519.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(spki, spki.length - RAW_ED25519_BYTES, spki.length);
    OctetKeyPair okp =
        new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw))
            .keyID("ed25519-" + suffix)
            .build();
    return new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK(), okp)).toString();
  }

  String sign(JWSAlgorithm algorithm, String type, JWTClaimsSet claims) {
    try {
      if (JWSAlgorithm.EdDSA.equals(algorithm)) {
        return signByEd25519(type, claims);
      }
      boolean byRsa = JWSAlgorithm.Family.RSA.contains(algorithm);
      JWSHeader header =
          new JWSHeader.Builder(algorithm)
              .type(new JOSEObjectType(type))
              .keyID(byRsa ? rsa.getKeyID() : ec.getKeyID())
              .build();
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(byRsa ? new RSASSASigner(rsa) : new ECDSASigner(ec));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signByEd25519(String type, JWTClaimsSet claims) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.EdDSA)
            .type(new JOSEObjectType(type))
            .keyID("ed25519-" + suffix)
            .build();
    String input = header.toBase64URL() + "." + claims.toPayload().toBase64URL();
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(ed25519.getPrivate());
      signer.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64URL.encode(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
