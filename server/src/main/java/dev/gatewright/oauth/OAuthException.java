package dev.gatewright.oauth;

import org.jspecify.annotations.Nullable;

/**
 * A refusal in OAuth's terms. What the caller may know and what only the log may know are two
 * fields, never one.
 */
public final class OAuthException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode error;
  private final String description;
  private final int status;

  /** A refusal of which the log needs to know no more than the caller. */
  public OAuthException(ErrorCode error, String description) {
    this(error, description, null);
  }

  /**
   * @param description what the caller is told: ASCII without quotes or backslashes (RFC 6749
   *     §5.2), never a secret
   * @param logged what only the log is told, never a secret
   */
  public OAuthException(ErrorCode error, String description, @Nullable String logged) {
    this(error, description, logged, error.status());
  }

  /** A refusal whose endpoint gives the error another status than usual. */
  public OAuthException(ErrorCode error, String description, @Nullable String logged, int status) {
    super(logged == null ? description : logged, null, false, false);
    this.error = error;
    this.description = description;
    this.status = status;
  }

  public ErrorCode error() {
    return error;
  }

  /** What the caller is told. */
  public String description() {
    return description;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }
}
