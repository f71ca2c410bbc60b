package dev.gatewright.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers {@link ProblemException}. */
@Singleton
final class ProblemExceptionHandler implements ExceptionHandler<ProblemException, HttpResponse<?>> {
  private final ErrorAnswers answers;

  ProblemExceptionHandler(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public HttpResponse<?> handle(HttpRequest request, ProblemException problem) {
    MutableHttpResponse<?> response = answers.answer(request, problem);
    Integer retryAfter = problem.retryAfter();
    return retryAfter == null
        ? response
        : response.header(HttpHeaders.RETRY_AFTER, retryAfter.toString());
  }
}
