package dev.gatewright.client.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error of the authorization or the token endpoint (RFC 6749 §4.1.2.1 and §5.2). */
public final class OAuthErrorException extends GatewrightException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;

  private final String error;
  private final @Nullable String description;

  /**
   * @param error the error code; characters that RFC 6749 §5.2 does not allow are replaced
   * @param description what the server says about it
   * @param refusal the answer it came with; {@link Refusal#NONE} for an error that came back to the
   *     redirect URI
   */
  public OAuthErrorException(String error, @Nullable String description, Refusal refusal) {
    super(message(printable(error), printable(description)), null, refusal);
    this.error = String.valueOf(printable(error));
    this.description = printable(description);
  }

  /** The error code, such as {@code invalid_grant}. */
  public String error() {
    return error;
  }

  /** What the server says about it, for the developer of the client. */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  @Override
  public boolean isTemporary() {
    return super.isTemporary() || error.equals("temporarily_unavailable");
  }

  private static String message(@Nullable String error, @Nullable String description) {
    return description == null ? String.valueOf(error) : error + ": " + description;
  }

  /**
   * The characters that RFC 6749 §5.2 allows, and not endlessly many: a redirect can be written by
   * anyone.
   */
  private static @Nullable String printable(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String clean = text.replaceAll("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]", "?");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
  }
}
