package dev.gatewright.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * Nimbus's interfaces for EdDSA on the JDK's own Ed25519, so that Tink and Protobuf stay out (RFC
 * 8037 §3.1).
 */
final class Ed25519 {
  private static final byte[] PRIVATE_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519() {}

  static JWSSigner signer(OctetKeyPair key) throws JOSEException {
    try {
      byte[] encoded = concat(PRIVATE_PREFIX, key.getDecodedD());
      return new Signer(
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new JOSEException("Not an Ed25519 private key", e);
    }
  }

  static JWSVerifier verifier(OctetKeyPair key) throws JOSEException {
    try {
      byte[] encoded = concat(PUBLIC_PREFIX, key.getDecodedX());
      return new Verifier(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new JOSEException("Not an Ed25519 public key", e);
    }
  }

  private static byte[] concat(byte[] prefix, byte[] rest) {
    byte[] whole = new byte[prefix.length + rest.length];
    System.arraycopy(prefix, 0, whole, 0, prefix.length);
    System.arraycopy(rest, 0, whole, prefix.length, rest.length);
    return whole;
  }

  private static final class Signer extends EdDSAProvider implements JWSSigner {
    private final PrivateKey key;

    Signer(PrivateKey key) {
      this.key = key;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(input);
        return Base64URL.encode(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new JOSEException("Ed25519 failed to sign", e);
      }
    }
  }

  private static final class Verifier extends EdDSAProvider implements JWSVerifier {
    private final PublicKey key;

    Verifier(PublicKey key) {
      this.key = key;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] input, Base64URL signed) {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(input);
        return signature.verify(signed.decode());
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
  }
}
