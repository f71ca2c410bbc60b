package dev.gatewright.registration;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/** The token in the {@code Authorization} header (RFC 6750 §2.1) that is no access token. */
final class BearerHeader {
  private static final String SCHEME = "Bearer ";

  private BearerHeader() {}

  /** The token; empty when there is none, or more than one header. */
  static Optional<String> token(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    return headers.size() == 1
            && headers.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(headers.getFirst().substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  static RefusedTokenException refused() {
    return new RefusedTokenException();
  }
}
