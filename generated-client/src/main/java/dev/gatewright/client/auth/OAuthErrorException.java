package dev.gatewright.client.auth;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** An error of the authorization or the token endpoint (RFC 6749 §4.1.2.1 and §5.2). */
public final class OAuthErrorException extends GatewrightException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;

  private final String error;
  private final @Nullable String description;
  private final int status;

  private OAuthErrorException(String error, @Nullable String description, int status) {
    super(description == null ? error : error + ": " + description, null);
    this.error = error;
    this.description = description;
    this.status = status;
  }

  static OAuthErrorException ofAnswer(String error, @Nullable String description, int status) {
    return new OAuthErrorException(
        printable(error), description == null ? null : printable(description), status);
  }

  static OAuthErrorException ofRedirect(String error, @Nullable String description) {
    return ofAnswer(error, description, 0);
  }

  /** The error code, such as {@code invalid_grant}. */
  public String error() {
    return error;
  }

  /** What the server says about it, for the developer of the client. */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /** The HTTP status; empty when the error came back to the redirect URI. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /**
   * The characters that RFC 6749 §5.2 allows, and not endlessly many: a redirect can be written by
   * anyone.
   */
  private static String printable(String text) {
    String clean = text.replaceAll("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]", "?");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
  }
}
