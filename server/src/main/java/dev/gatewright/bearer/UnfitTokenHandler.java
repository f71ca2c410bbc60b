package dev.gatewright.bearer;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers {@link UnfitTokenException}. */
@Singleton
final class UnfitTokenHandler implements ExceptionHandler<UnfitTokenException, HttpResponse<?>> {
  private final BearerChallenge challenge;

  UnfitTokenHandler(BearerChallenge challenge) {
    this.challenge = challenge;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public HttpResponse<?> handle(HttpRequest request, UnfitTokenException refusal) {
    HttpRequest<?> typed = request;
    return challenge.answer(typed, refusal.error(), refusal.description());
  }
}
