package dev.gatewright.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;

/** Makes key pairs; their {@code kid} is the JWK thumbprint (RFC 7638). */
final class KeyMaker {
  private static final int RSA_BITS = 2048;
  private static final int ED25519_BYTES = 32;

  private KeyMaker() {}

  static JWK make(SigningAlgorithm algorithm) {
    try {
      return switch (algorithm) {
        case ES256 -> ec(algorithm);
        case RS256, PS256 -> rsa(algorithm);
        case ED_DSA -> ed25519(algorithm);
      };
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException("No key pair for " + algorithm.alg(), e);
    }
  }

  private static ECKey ec(SigningAlgorithm algorithm) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(algorithm.jws())
        .keyIDFromThumbprint(true)
        .generate();
  }

  private static RSAKey rsa(SigningAlgorithm algorithm) throws JOSEException {
    return new RSAKeyGenerator(RSA_BITS)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(algorithm.jws())
        .keyIDFromThumbprint(true)
        .generate();
  }

  /**
   * By the JDK, whose encodings (RFC 8410) end with the 32 bytes that a JWK holds; nimbus would
   * need Tink for it.
   */
  private static OctetKeyPair ed25519(SigningAlgorithm algorithm)
      throws JOSEException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    return new OctetKeyPair.Builder(Curve.Ed25519, tail(pair.getPublic().getEncoded()))
        .d(tail(pair.getPrivate().getEncoded()))
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(algorithm.jws())
        .keyIDFromThumbprint()
        .build();
  }

  private static Base64URL tail(byte[] encoded) {
    return Base64URL.encode(
        Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length));
  }
}
