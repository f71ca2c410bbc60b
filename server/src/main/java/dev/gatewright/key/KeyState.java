package dev.gatewright.key;

/** Where a signing key is in its life. It is in the JWK set in each of these states. */
public enum KeyState {
  /** Does not sign yet, so that everyone can fetch it before the first token names it. */
  PUBLISHED,
  SIGNING,
  /** Its successor signs; tokens that it signed are still verified. */
  SUPERSEDED
}
