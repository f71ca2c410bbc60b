package dev.gatewright.http;

import dev.gatewright.crypto.PasswordHasher;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/**
 * Answers 503 with {@code Retry-After} when more passwords wait to be checked than the server takes
 * on.
 */
@Singleton
final class BusyHandler implements ExceptionHandler<PasswordHasher.Busy, HttpResponse<?>> {
  private final ErrorAnswers answers;

  BusyHandler(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public HttpResponse<?> handle(HttpRequest request, PasswordHasher.Busy busy) {
    int seconds = busy.retryAfterSeconds();
    return answers
        .answer(
            request,
            ProblemException.unavailable(
                seconds, "Too many passwords are being checked; try again in a moment"))
        .header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
  }
}
