package dev.gatewright.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.serde.exceptions.path.PropertyReferencePath;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives the framework's own refusals (routing, binding, validation) the form that {@link
 * ErrorAnswers} gives all others.
 */
@Singleton
@Primary
final class FrameworkErrors implements ErrorResponseProcessor<Object> {
  private static final String UNREADABLE = "is missing or cannot be read";

  private final ErrorAnswers answers;

  FrameworkErrors(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  @SuppressWarnings("unchecked") // an answer of any body is what the caller asks for
  public MutableHttpResponse<Object> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpRequest<?> request = context.getRequest();
    int status = status(request, response);
    Optional<Throwable> cause = context.getRootCause();
    if (status >= 500 && cause.isPresent()) {
      return (MutableHttpResponse<Object>) answers.broken(request, cause.get());
    }
    String unreadable = cause.map(FrameworkErrors::unreadableMember).orElse("");
    ProblemException problem =
        status == ProblemType.INVALID_REQUEST.status() && !unreadable.isEmpty()
            ? ProblemException.invalid(unreadable, UNREADABLE)
            : problem(status, context.getErrors());
    MutableHttpResponse<?> answer = answers.answer(request, problem);
    String allow = response.getHeaders().get(HttpHeaders.ALLOW);
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return (MutableHttpResponse<Object>) answer;
  }

  /** To the framework, whatever is too long is a body (RFC 9110 §15.5.15, RFC 6585 §5). */
  private static int status(HttpRequest<?> request, MutableHttpResponse<?> response) {
    @Nullable Throwable malformed =
        request instanceof NettyHttpRequest<?> netty
            ? netty.getNativeRequest().decoderResult().cause()
            : null;
    return switch (malformed) {
      case TooLongHttpLineException _ -> ProblemType.URI_TOO_LONG.status();
      case TooLongHttpHeaderException _ -> ProblemType.HEADERS_TOO_LARGE.status();
      case null, default -> response.code();
    };
  }

  /**
   * The member of a JSON body that is not what it should be, by its path; empty when none is known.
   */
  private static String unreadableMember(Throwable fault) {
    @Nullable Throwable cause = fault;
    while (cause != null && !(cause instanceof SerdeException)) {
      cause = cause.getCause();
    }
    return cause instanceof SerdeException unreadable
        ? unreadable.getPath().stream()
            .filter(PropertyReferencePath.class::isInstance)
            .map(step -> field(step.getArgument().getName()))
            .collect(Collectors.joining("."))
        : "";
  }

  private static ProblemException problem(int status, List<Error> errors) {
    ProblemType type = ProblemType.ofStatus(status);
    List<FieldError> fields =
        errors.stream()
            .filter(error -> type == ProblemType.INVALID_REQUEST && error.getPath().isPresent())
            .map(error -> new FieldError(field(error.getPath().orElseThrow()), UNREADABLE))
            .toList();
    if (!fields.isEmpty()) {
      return ProblemException.invalid(fields);
    }
    return ProblemException.of(type, detail(type));
  }

  /** The framework's messages name classes and methods, so none of them goes out. */
  private static String detail(ProblemType type) {
    return switch (type) {
      case INVALID_REQUEST -> "The request is malformed: a value is missing or cannot be read";
      case NOT_FOUND -> "There is nothing at this address";
      case METHOD_NOT_ALLOWED -> "This address does not serve this method";
      case NOT_ACCEPTABLE -> "This address does not answer in a media type that you accept";
      case PAYLOAD_TOO_LARGE -> "The request body is too large";
      case URI_TOO_LONG -> "The address, with its query, is too long";
      case HEADERS_TOO_LARGE -> "The headers are too large";
      case UNSUPPORTED_MEDIA_TYPE -> "This address does not read this media type";
      default -> type.title();
    };
  }

  /** {@code signUp.signUpRequest.givenName} is the field {@code given_name}. */
  private static String field(String path) {
    String last = path.substring(path.lastIndexOf('.') + 1).replaceFirst("^/", "");
    return last.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
