package dev.gatewright.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers everything that nobody foresaw: an id for the caller, the stack trace for the log. */
@Singleton
final class FaultHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {
  private final ErrorAnswers answers;

  FaultHandler(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public HttpResponse<?> handle(HttpRequest request, Throwable fault) {
    return answers.broken(request, fault);
  }
}
