package dev.gatewright.grant;

import dev.gatewright.crypto.Secrets;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * How refresh tokens look, and the key that each is stored under: {@code gwr_} and, in base64url,
 * the 48 bits of the millisecond in which it was made and 256 secret bits; the time, and 208 bits
 * of the token's SHA-256. Keys so ordered are written at the end of the index and found near each
 * other. Keys of hashes alone lie anywhere: among ten million of them every new one cost a page of
 * its own, which had to be read first and written afterwards.
 */
final class RefreshTokenForm {
  private static final String PREFIX = "gwr_";
  private static final int TIME_BYTES = 6;
  private static final int SECRET_BYTES = 32;
  private static final int KEY_BYTES = 32;

  /** Six bytes are eight characters exactly. */
  private static final int TIME_END = PREFIX.length() + 8;

  private static final int LENGTH = TIME_END + 43;

  private RefreshTokenForm() {}

  /**
   * @param secret 32 bytes that nobody can guess
   */
  static String token(Instant made, byte[] secret) {
    byte[] octets =
        ByteBuffer.allocate(TIME_BYTES + SECRET_BYTES)
            .put(time(made.toEpochMilli()))
            .put(secret)
            .array();
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /**
   * The key of a token: 32 bytes. What does not have the form is looked for under its whole
   * SHA-256, as tokens were stored before they had it.
   */
  static byte[] key(String token) {
    byte[] hash = Secrets.sha256(token);
    if (token.length() != LENGTH || !token.startsWith(PREFIX)) {
      return hash;
    }
    try {
      return ByteBuffer.allocate(KEY_BYTES)
          .put(Base64.getUrlDecoder().decode(token.substring(PREFIX.length(), TIME_END)))
          .put(hash, 0, KEY_BYTES - TIME_BYTES)
          .array();
    } catch (IllegalArgumentException e) {
      return hash;
    }
  }

  private static byte[] time(long millis) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
    return Arrays.copyOfRange(bytes, Long.BYTES - TIME_BYTES, Long.BYTES);
  }
}
