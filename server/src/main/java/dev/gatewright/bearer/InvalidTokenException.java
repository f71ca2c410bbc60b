package dev.gatewright.bearer;

/**
 * An access token that is refused; the message says why and may be told to the caller (RFC 6750
 * §3.1).
 */
public final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidTokenException(String reason) {
    super(reason, null, false, false);
  }

  /** Why, in ASCII without quotes. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
