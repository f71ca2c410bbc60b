package dev.gatewright.bearer;

import dev.gatewright.http.ErrorAnswers;
import dev.gatewright.oauth.ErrorCode;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Answers a refused access token as RFC 6750 §3 says: 401 with or without {@code invalid_token},
 * 400 for two tokens in different places, or 403 with the scope.
 */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class BearerChallenge
    implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {
  /** The request attribute that says why its token was refused. */
  static final String REFUSAL = "gatewright.bearer.refusal";

  private static final String REALM = "Bearer realm=\"gatewright\"";

  private final ErrorAnswers answers;

  BearerChallenge(ErrorAnswers answers) {
    this.answers = answers;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException refusal) {
    HttpRequest<?> typed = request;
    return refusal.isForbidden() ? tooNarrow(typed) : refused(typed);
  }

  private MutableHttpResponse<?> tooNarrow(HttpRequest<?> request) {
    List<String> scopes = ScopeRule.required(request);
    String description = "This operation needs the scope " + String.join(" ", scopes);
    return answers
        .answer(request, ErrorCode.INSUFFICIENT_SCOPE, description, 403, description)
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            challenge(ErrorCode.INSUFFICIENT_SCOPE, description)
                + ", scope=\""
                + String.join(" ", scopes)
                + "\"");
  }

  private MutableHttpResponse<?> refused(HttpRequest<?> request) {
    Optional<InvalidTokenException> refusal =
        request.getAttribute(REFUSAL, InvalidTokenException.class);
    ErrorCode error = refusal.map(InvalidTokenException::error).orElse(ErrorCode.INVALID_TOKEN);
    String description =
        refusal
            .map(InvalidTokenException::reason)
            .orElse("This operation needs an access token in the Authorization header");
    // a request without any token gets no error code (RFC 6750 §3.1)
    String challenge = refusal.map(given -> challenge(error, description)).orElse(REALM);
    return answers
        .answer(request, error, description, error.status(), description)
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge);
  }

  private static String challenge(ErrorCode error, String description) {
    return "%s, error=\"%s\", error_description=\"%s\"".formatted(REALM, error.code(), description);
  }
}
