package dev.gatewright.bearer;

import dev.gatewright.oauth.ErrorCode;

/**
 * An access token that is refused; the message says why and may be told to the caller (RFC 6750
 * §3.1).
 */
public final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode error;

  InvalidTokenException(String reason) {
    this(ErrorCode.INVALID_TOKEN, reason);
  }

  InvalidTokenException(ErrorCode error, String reason) {
    super(reason, null, false, false);
    this.error = error;
  }

  /** {@code invalid_token}, or what is wrong with the way that it was sent. */
  ErrorCode error() {
    return error;
  }

  /** Why, in ASCII without quotes. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
