package dev.gatewright.http;

import dev.gatewright.crypto.Secrets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Entity tags, made of a row's version or of what is sent (RFC 9110 §8.8.3). */
public final class ETags {
  private ETags() {}

  /** The strong entity tag of a version. */
  public static String of(int version) {
    return "\"" + version + "\"";
  }

  /** The strong entity tag of what is sent: a digest of it. */
  public static String ofContent(String content) {
    String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256(content));
    return "\"" + digest + "\"";
  }

  /**
   * Whether {@code If-None-Match} names what is current, so that the answer is 304 (RFC 9110
   * §13.1.2: weak comparison, for a cache may have weakened the tag).
   *
   * @param etag the current strong entity tag
   */
  public static boolean isKnown(@Nullable String ifNoneMatch, String etag) {
    if (ifNoneMatch == null) {
      return false;
    }
    return Arrays.stream(ifNoneMatch.split(",", -1))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
  }

  /**
   * Lets the request pass when it has no {@code If-Match}, or when one of its entity tags is the
   * current one (RFC 9110 §13.1.1: strong comparison, so that a weak one never matches).
   *
   * @throws ProblemException 412 otherwise
   */
  public static void check(@Nullable String ifMatch, int version) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return;
    }
    for (String tag : ifMatch.split(",", -1)) {
      if (tag.strip().equals(of(version))) {
        return;
      }
    }
    throw ProblemException.preconditionFailed();
  }
}
