package dev.gatewright.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.crypto.Secrets;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;

/**
 * Tells whether a JWT was signed here. The key is chosen by {@code kid} from our own, and its
 * algorithm must be the header's: nothing in the token, no {@code jwk}, {@code jku} or {@code x5u},
 * brings a key or chooses how it is used (RFC 8725 §3.1, §3.10).
 *
 * <p>A signature that was found good is remembered, by the SHA-256 of the whole JWT: most tokens
 * are presented many times, and the check takes longer than all else that is done about them but
 * the reading of the database. What a key may do is asked every time.
 */
@Singleton
public class JwtVerifier {
  private static final int REMEMBERED = 20_000; // some 3 MB

  private final SigningKeys keys;
  private final Cache<Digest, Boolean> good = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

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

  /** The {@code kid} is part of what is hashed, and names one key for good. */
  private boolean verify(SignedJWT jwt, SigningKey key) {
    Digest digest = Digest.of(jwt.getParsedString());
    if (good.getIfPresent(digest) != null) {
      return true;
    }
    try {
      boolean isGood = jwt.verify(key.verifier());
      if (isGood) {
        good.put(digest, true);
      }
      return isGood;
    } catch (JOSEException e) {
      return false;
    }
  }

  /** The 32 bytes of a SHA-256. */
  private record Digest(long first, long second, long third, long fourth) {
    static Digest of(String jwt) {
      ByteBuffer hash = ByteBuffer.wrap(Secrets.sha256(jwt));
      return new Digest(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }
  }
}
