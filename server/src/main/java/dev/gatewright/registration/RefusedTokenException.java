package dev.gatewright.registration;

/** The token that is to let a client in is missing, unknown, used up or expired. */
final class RefusedTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedTokenException() {
    super("The token is missing, unknown, used up or expired", null, false, false);
  }
}
