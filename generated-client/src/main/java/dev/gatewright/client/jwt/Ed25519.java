package dev.gatewright.client.jwt;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 signatures (RFC 8037 §3.1) by the JDK; nimbus would need one more library for them. */
public final class Ed25519 {

  private static final int KEY_BYTES = 32;

  /** What stands before the raw key in a SubjectPublicKeyInfo (RFC 8410 §4). */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** What stands before the raw key in a PrivateKeyInfo (RFC 8410 §7). */
  private static final byte[] PKCS8_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private Ed25519() {}

  public static boolean verify(OctetKeyPair key, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    if (!Curve.Ed25519.equals(key.getCurve())) {
      return false;
    }
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(publicKey(key.getDecodedX()));
    verifier.update(signed);
    return verifier.verify(signature);
  }

  public static byte[] sign(OctetKeyPair key, byte[] signed) throws GeneralSecurityException {
    if (!Curve.Ed25519.equals(key.getCurve())) {
      throw new GeneralSecurityException("Only Ed25519 keys can sign here");
    }
    byte[] encoded = concatenated(PKCS8_PREFIX, key.getDecodedD());
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    signer.update(signed);
    return signer.sign();
  }

  private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    if (raw.length != KEY_BYTES) {
      throw new GeneralSecurityException("An Ed25519 key has 32 bytes");
    }
    byte[] encoded = concatenated(SPKI_PREFIX, raw);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static byte[] concatenated(byte[] prefix, byte[] key) {
    byte[] encoded = new byte[prefix.length + key.length];
    System.arraycopy(prefix, 0, encoded, 0, prefix.length);
    System.arraycopy(key, 0, encoded, prefix.length, key.length);
    return encoded;
  }
}
