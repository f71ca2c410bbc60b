package dev.gatewright.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.validation.exceptions.ConstraintExceptionHandler;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.List;
import java.util.Locale;

/**
 * Answers fields that break a rule of the contract (length, range, pattern), each by its name in
 * the contract.
 */
@Singleton
@Replaces(ConstraintExceptionHandler.class)
final class InvalidFields
    implements ExceptionHandler<ConstraintViolationException, HttpResponse<?>> {
  private final ErrorAnswers answers;

  InvalidFields(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public HttpResponse<?> handle(HttpRequest request, ConstraintViolationException broken) {
    List<FieldError> errors =
        broken.getConstraintViolations().stream()
            .map(violation -> new FieldError(field(violation), violation.getMessage()))
            .sorted((one, other) -> one.field().compareTo(other.field()))
            .toList();
    return answers.answer(request, ProblemException.invalid(errors));
  }

  /** The path {@code signUp.signUpRequest.givenName} is the field {@code given_name}. */
  private static String field(ConstraintViolation<?> violation) {
    StringBuilder name = new StringBuilder();
    int depth = 0;
    for (Path.Node node : violation.getPropertyPath()) {
      boolean inBody = depth++ > 1;
      if (inBody && node.getName() != null) {
        name.append(name.isEmpty() ? "" : ".").append(snakeCase(node.getName()));
      }
    }
    return name.isEmpty() ? last(violation) : name.toString();
  }

  /** A parameter rather than a body: {@code listUsers.limit}. */
  private static String last(ConstraintViolation<?> violation) {
    String path = violation.getPropertyPath().toString();
    return snakeCase(path.substring(path.lastIndexOf('.') + 1));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
