package dev.gatewright.registration;

import dev.gatewright.http.ErrorAnswers;
import dev.gatewright.oauth.ErrorCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers {@link RefusedTokenException} by 401 and a challenge (RFC 6750 §3, RFC 7592 §2). */
@Singleton
final class RefusedTokenHandler
    implements ExceptionHandler<RefusedTokenException, HttpResponse<?>> {
  private final ErrorAnswers answers;

  RefusedTokenHandler(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public HttpResponse<?> handle(HttpRequest request, RefusedTokenException refused) {
    HttpRequest<?> typed = request;
    String description = String.valueOf(refused.getMessage());
    return answers
        .answer(typed, ErrorCode.INVALID_TOKEN, description, 401, description)
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            "Bearer realm=\"registration\", error=\"invalid_token\", error_description=\""
                + description
                + "\"");
  }
}
