package dev.gatewright.bearer;

import java.util.Base64;

/** The compact form of a JWS: three parts in base64url (RFC 7515 §3.1, §7.1). */
final class CompactJws {
  private static final int PARTS = 3;

  private CompactJws() {}

  /**
   * Whether a token is written the one way that its octets can be: no padding, white space, foreign
   * character or unused bit (RFC 7515 §2, RFC 4648 §3.5). Otherwise a token would have spellings
   * that one place knows to be revoked, or counts, and another does not.
   */
  static boolean isCanonical(String token) {
    String[] parts = token.split("\\.", PARTS + 1);
    if (parts.length != PARTS) {
      return false;
    }
    for (String part : parts) {
      if (!isCanonicalPart(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCanonicalPart(String part) {
    try {
      byte[] octets = Base64.getUrlDecoder().decode(part);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(octets).equals(part);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
