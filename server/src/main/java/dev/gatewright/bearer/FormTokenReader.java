package dev.gatewright.bearer;

import dev.gatewright.http.FormParameters;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.reader.TokenReader;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Reads an access token from a form (RFC 6750 §2.2), at userinfo alone: OpenID Connect Core §5.3.1
 * asks for it there, and no other operation here takes forms from who has a token.
 */
@Singleton
final class FormTokenReader implements TokenReader<HttpRequest<?>> {
  private static final String USERINFO = "/oauth2/userinfo";

  @Override
  public Optional<String> findToken(HttpRequest<?> request) {
    return of(request);
  }

  /** The access token in the form of a request; empty where none is looked for. */
  static Optional<String> of(HttpRequest<?> request) {
    if (request.getMethod() != HttpMethod.POST || !request.getPath().equals(USERINFO)) {
      return Optional.empty();
    }
    return FormParameters.of(request).getOrDefault("access_token", List.of()).stream()
        .filter(token -> !token.isEmpty())
        .findFirst();
  }
}
