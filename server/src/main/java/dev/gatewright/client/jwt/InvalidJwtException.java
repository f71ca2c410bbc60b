package dev.gatewright.client.jwt;

/** A JWT that is not what it should be. The message is for the log. */
public final class InvalidJwtException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean unsigned;

  /**
   * @param logged why, without anything of the JWT that could be a secret
   */
  public InvalidJwtException(String logged) {
    this(logged, false);
  }

  private InvalidJwtException(String logged, boolean unsigned) {
    super(logged, null, false, false);
    this.unsigned = unsigned;
  }

  static InvalidJwtException unsigned() {
    return new InvalidJwtException("the JWT is not signed", true);
  }

  /** Whether it is well-formed but for the signature that it lacks ({@code alg: none}). */
  public boolean isUnsigned() {
    return unsigned;
  }
}
