package dev.gatewright.http;

import org.jspecify.annotations.Nullable;

/** Entity tags made of a row's version (RFC 9110 §8.8.3). */
public final class ETags {
  private ETags() {}

  /** The strong entity tag of a version. */
  public static String of(int version) {
    return "\"" + version + "\"";
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
