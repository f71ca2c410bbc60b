package dev.gatewright.backchannel;

import java.util.Locale;

/** How an attempt to tell a client ended. */
enum Outcome {
  /** The client answered that it has logged the user out. */
  DELIVERED,
  /** The client answered what another attempt would not change. */
  REFUSED,
  /** It failed in a way that may pass; there will be another attempt. */
  POSTPONED,
  /** It failed once too often, or too late. */
  GIVEN_UP,
  /** The client is gone, or is no longer to be told. */
  DROPPED;

  /** The value of the metric's tag. */
  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
