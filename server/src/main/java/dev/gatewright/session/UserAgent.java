package dev.gatewright.session;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What browsers call themselves (RFC 9110 §10.1.5), as far as it is kept. */
final class UserAgent {
  private static final int LONGEST = 200;

  private UserAgent() {}

  /** The header, in printable ASCII and of 200 characters at most; null when there is none. */
  static @Nullable String of(HttpRequest<?> request) {
    @Nullable String sent = request.getHeaders().get(HttpHeaders.USER_AGENT);
    if (sent == null || sent.isBlank()) {
      return null;
    }
    String shown = sent.strip().replaceAll("[^\\x20-\\x7E]", "?");
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST);
  }
}
