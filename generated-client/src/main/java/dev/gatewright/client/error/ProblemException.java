package dev.gatewright.client.error;

import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A refusal of the API, {@code application/problem+json} (RFC 9457). */
public final class ProblemException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  private final URI type;
  private final String title;
  private final @Nullable String detail;
  private final List<FieldProblem> errors;

  /**
   * @param type which kind of problem
   * @param title the kind in words
   * @param detail what went wrong this time
   * @param errors the fields that are to blame
   * @param refusal the answer; its request id is the problem's {@code instance}
   */
  public ProblemException(
      URI type, String title, @Nullable String detail, List<FieldProblem> errors, Refusal refusal) {
    super(message(title, detail, errors, refusal), null, refusal);
    this.type = type;
    this.title = title;
    this.detail = detail;
    this.errors = List.copyOf(errors);
  }

  /** Which kind of problem; stable, the thing to compare. */
  public URI type() {
    return type;
  }

  /** The kind of problem in words. */
  public String title() {
    return title;
  }

  /** What went wrong this time. */
  public Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  /** The fields that are to blame, if fields are. */
  public List<FieldProblem> errors() {
    return errors;
  }

  /**
   * A field that is not acceptable.
   *
   * @param field its name as in the request
   * @param message what is wrong with it
   */
  public record FieldProblem(String field, String message) implements Serializable {}

  private static String message(
      String title, @Nullable String detail, List<FieldProblem> errors, Refusal refusal) {
    StringBuilder message =
        new StringBuilder(title).append(" (").append(refusal.status()).append(')');
    if (detail != null) {
      message.append(": ").append(detail);
    }
    for (FieldProblem error : errors) {
      message.append("; ").append(error.field()).append(' ').append(error.message());
    }
    if (refusal.requestId() != null) {
      message.append(" [").append(refusal.requestId()).append(']');
    }
    return message.toString();
  }
}
