package dev.gatewright.client.auth;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A refusal of the API, {@code application/problem+json} (RFC 9457). */
public final class ProblemException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  private final URI type;
  private final String title;
  private final int status;
  private final @Nullable String detail;
  private final @Nullable URI instance;
  private final transient List<FieldProblem> errors;

  ProblemException(
      URI type,
      String title,
      int status,
      @Nullable String detail,
      @Nullable URI instance,
      List<FieldProblem> errors) {
    super(message(title, status, detail, instance, errors), null);
    this.type = type;
    this.title = title;
    this.status = status;
    this.detail = detail;
    this.instance = instance;
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

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What went wrong this time. */
  public Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  /** The id of this occurrence, also in the server's log. */
  public Optional<URI> instance() {
    return Optional.ofNullable(instance);
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
  public record FieldProblem(String field, String message) {}

  private static String message(
      String title,
      int status,
      @Nullable String detail,
      @Nullable URI instance,
      List<FieldProblem> errors) {
    StringBuilder message = new StringBuilder(title).append(" (").append(status).append(')');
    if (detail != null) {
      message.append(": ").append(detail);
    }
    for (FieldProblem error : errors) {
      message.append("; ").append(error.field()).append(' ').append(error.message());
    }
    if (instance != null) {
      message.append(" [").append(instance).append(']');
    }
    return message.toString();
  }
}
