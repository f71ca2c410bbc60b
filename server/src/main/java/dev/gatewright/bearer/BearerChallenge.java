package dev.gatewright.bearer;

import dev.gatewright.http.ErrorAnswers;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Answers a refused access token as RFC 6750 §3 says: 401 with or without {@code invalid_token},
 * 400 for two tokens in different places, or 403 with the scope; and where this protected resource
 * tells how to get a better one (RFC 9728 §5.1).
 */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class BearerChallenge
    implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {
  /** The request attribute that says why its token was refused. */
  static final String REFUSAL = "gatewright.bearer.refusal";

  /** RFC 9728 §3.1, for a resource identifier without a path: the issuer. */
  private static final String RESOURCE_METADATA = "/.well-known/oauth-protected-resource";

  private final ErrorAnswers answers;
  private final String resourceMetadata;

  BearerChallenge(ErrorAnswers answers, ServerSettings settings) {
    this.answers = answers;
    this.resourceMetadata = settings.url(RESOURCE_METADATA);
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's parameter is raw
  public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException refusal) {
    HttpRequest<?> typed = request;
    return refusal.isForbidden() ? tooNarrow(typed) : refused(typed);
  }

  /** The answer to a token that is of the wrong kind for an operation. */
  MutableHttpResponse<?> answer(HttpRequest<?> request, ErrorCode error, String description) {
    return answer(request, error, description, errorParameters(error, description));
  }

  private MutableHttpResponse<?> tooNarrow(HttpRequest<?> request) {
    String scopes = String.join(" ", ScopeRule.required(request));
    String description = "This operation needs the scope " + scopes;
    ErrorCode error = ErrorCode.INSUFFICIENT_SCOPE;
    return answer(
        request,
        error,
        description,
        errorParameters(error, description) + ", scope=\"" + scopes + "\"");
  }

  private MutableHttpResponse<?> refused(HttpRequest<?> request) {
    Optional<InvalidTokenException> refusal =
        request.getAttribute(REFUSAL, InvalidTokenException.class);
    if (refusal.isPresent()) {
      return answer(request, refusal.get().error(), refusal.get().reason());
    }
    // a request without any token gets no error code (RFC 6750 §3.1)
    return answer(
        request,
        ErrorCode.INVALID_TOKEN,
        "This operation needs an access token in the Authorization header",
        "");
  }

  private MutableHttpResponse<?> answer(
      HttpRequest<?> request, ErrorCode error, String description, String parameters) {
    return answers
        .answer(request, error, description, error.status(), description)
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            "Bearer realm=\"gatewright\", resource_metadata=\""
                + resourceMetadata
                + "\""
                + parameters);
  }

  private static String errorParameters(ErrorCode error, String description) {
    return ", error=\"%s\", error_description=\"%s\"".formatted(error.code(), description);
  }
}
