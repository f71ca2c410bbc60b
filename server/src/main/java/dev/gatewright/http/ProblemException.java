package dev.gatewright.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal at {@code /api}; becomes {@code application/problem+json} in one place. Never holds a
 * secret.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<FieldError> errors;
  private final @Nullable Integer retryAfter;

  private ProblemException(
      ProblemType type, String detail, List<FieldError> errors, @Nullable Integer retryAfter) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /** A problem of the given type. */
  public static ProblemException of(ProblemType type, String detail) {
    return new ProblemException(type, detail, List.of(), null);
  }

  /** 400 for one field. */
  public static ProblemException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** 400 for one or more fields. */
  public static ProblemException invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? "One field is not acceptable"
            : errors.size() + " fields are not acceptable";
    return new ProblemException(ProblemType.INVALID_REQUEST, detail, errors, null);
  }

  /** 409: the field's value is taken. */
  public static ProblemException conflict(String field, String message) {
    return new ProblemException(
        ProblemType.CONFLICT, "One field is taken", List.of(new FieldError(field, message)), null);
  }

  /** 404. */
  public static ProblemException notFound(String detail) {
    return of(ProblemType.NOT_FOUND, detail);
  }

  /** 412: someone else changed it first. */
  public static ProblemException preconditionFailed() {
    return of(ProblemType.PRECONDITION_FAILED, "Read it again, then repeat the change");
  }

  /** 429 with {@code Retry-After}. */
  public static ProblemException tooManyRequests(int retryAfterSeconds, String detail) {
    return new ProblemException(
        ProblemType.TOO_MANY_REQUESTS, detail, List.of(), retryAfterSeconds);
  }

  /** 503 with {@code Retry-After}. */
  public static ProblemException unavailable(int retryAfterSeconds, String detail) {
    return new ProblemException(ProblemType.UNAVAILABLE, detail, List.of(), retryAfterSeconds);
  }

  public ProblemType type() {
    return type;
  }

  public List<FieldError> errors() {
    return errors;
  }

  /** Seconds, or null. */
  public @Nullable Integer retryAfter() {
    return retryAfter;
  }

  /** What went wrong this time. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
