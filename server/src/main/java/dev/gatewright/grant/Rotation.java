package dev.gatewright.grant;

import org.jspecify.annotations.Nullable;

/**
 * What comes of using a refresh token.
 *
 * @param successor to hand out after the commit; null when there is none
 */
public record Rotation(Outcome outcome, @Nullable String successor) {
  /** Kinds of outcomes. */
  public enum Outcome {
    /** It was redeemed now. */
    REDEEMED,
    /** It was redeemed a moment ago, and its successor is handed out once more. */
    REPEATED,
    /** It had been redeemed: the token family is revoked. */
    REUSED,
    /** Its time was over. */
    EXPIRED
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Rotation[" + outcome + "]";
  }
}
