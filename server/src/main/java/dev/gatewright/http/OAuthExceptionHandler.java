package dev.gatewright.http;

import dev.gatewright.oauth.OAuthException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers {@link OAuthException}. */
@Singleton
final class OAuthExceptionHandler implements ExceptionHandler<OAuthException, HttpResponse<?>> {
  private final ErrorAnswers answers;

  OAuthExceptionHandler(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public HttpResponse<?> handle(HttpRequest request, OAuthException refusal) {
    return answers.answer(
        request,
        refusal.error(),
        refusal.description(),
        refusal.status(),
        String.valueOf(refusal.getMessage()));
  }
}
