package dev.gatewright.bearer;

import dev.gatewright.oauth.ErrorCode;

/** Why a verified access token of the right scope does not open the operation at hand. */
public final class UnfitTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode error;

  public UnfitTokenException(ErrorCode error, String description) {
    super(description);
    this.error = error;
  }

  ErrorCode error() {
    return error;
  }

  /** What the caller may know. */
  String description() {
    return String.valueOf(getMessage());
  }
}
