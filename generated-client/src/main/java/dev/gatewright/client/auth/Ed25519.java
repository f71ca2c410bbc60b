package dev.gatewright.client.auth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 signatures (RFC 8037 §3.1) by the JDK; nimbus would need one more library for them. */
final class Ed25519 {

  private static final int KEY_BYTES = 32;

  /** What stands before the raw key in a SubjectPublicKeyInfo (RFC 8410 §4). */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519() {}

  static boolean verify(OctetKeyPair key, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    if (!Curve.Ed25519.equals(key.getCurve())) {
      return false;
    }
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(publicKey(key.getDecodedX()));
    verifier.update(signed);
    return verifier.verify(signature);
  }

  private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    if (raw.length != KEY_BYTES) {
      throw new GeneralSecurityException("An Ed25519 key has 32 bytes");
    }
    byte[] encoded = new byte[SPKI_PREFIX.length + KEY_BYTES];
    System.arraycopy(SPKI_PREFIX, 0, encoded, 0, SPKI_PREFIX.length);
    System.arraycopy(raw, 0, encoded, SPKI_PREFIX.length, KEY_BYTES);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
