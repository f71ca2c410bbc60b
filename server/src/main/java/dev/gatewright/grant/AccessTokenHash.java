package dev.gatewright.grant;

import com.nimbusds.jose.util.Base64URL;
import dev.gatewright.key.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * {@code at_hash}: the left half of the access token's hash, by the ID token's algorithm (OpenID
 * Connect Core §3.1.3.6).
 */
final class AccessTokenHash {
  private AccessTokenHash() {}

  static String of(String accessToken, SigningAlgorithm algorithm) {
    // Ed25519 hashes with SHA-512 itself (RFC 8032 §5.1)
    String digest = algorithm == SigningAlgorithm.ED_DSA ? "SHA-512" : "SHA-256";
    try {
      byte[] hash =
          MessageDigest.getInstance(digest).digest(accessToken.getBytes(StandardCharsets.US_ASCII));
      return Base64URL.encode(Arrays.copyOf(hash, hash.length / 2)).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has " + digest, e);
    }
  }
}
