package dev.gatewright.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Proof Key for Code Exchange with the method {@code S256}, the only one (RFC 7636, OAuth 2.1
 * §4.1.1).
 */
public final class Pkce {
  /** The value of {@code code_challenge_method}. */
  public static final String S256 = "S256";

  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  private Pkce() {}

  /** Whether this can be a SHA-256 in base64url: 43 characters. */
  public static boolean isChallenge(String codeChallenge) {
    return CHALLENGE.matcher(codeChallenge).matches();
  }

  /**
   * Whether the verifier is well-formed (RFC 7636 §4.1) and the challenge was made from it (§4.6).
   */
  public static boolean matches(String codeVerifier, String codeChallenge) {
    if (!VERIFIER.matcher(codeVerifier).matches()) {
      return false;
    }
    byte[] expected = codeChallenge.getBytes(StandardCharsets.US_ASCII);
    byte[] actual = challengeOf(codeVerifier).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, actual);
  }

  /** The challenge of a verifier: BASE64URL(SHA256(verifier)). */
  public static String challengeOf(String codeVerifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(codeVerifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
