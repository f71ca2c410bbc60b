package dev.gatewright.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;

/**
 * Tells whether a JWT was signed here. The key is chosen by {@code kid} from our own, and its
 * algorithm must be the header's: nothing in the token, no {@code jwk}, {@code jku} or {@code x5u},
 * brings a key or chooses how it is used (RFC 8725 §3.1, §3.10).
 */
@Singleton
public class JwtVerifier {
  private final SigningKeys keys;

  public JwtVerifier(SigningKeys keys) {
    this.keys = keys;
  }

  /** Whether the signature is by a key of ours, made for the algorithm that the header names. */
  public boolean isOurs(SignedJWT jwt) {
    JWSHeader header = jwt.getHeader();
    if (header.getKeyID() == null
        || header.getCriticalParams() != null
        || !header.isBase64URLEncodePayload()) {
      return false;
    }
    return keys.find(header.getKeyID())
        .filter(key -> key.algorithm().jws().equals(header.getAlgorithm()))
        .map(key -> verify(jwt, key))
        .orElse(false);
  }

  private static boolean verify(SignedJWT jwt, SigningKey key) {
    try {
      return jwt.verify(key.verifier());
    } catch (JOSEException e) {
      return false;
    }
  }
}
