package dev.gatewright.authorize;

import dev.gatewright.oauth.OAuthException;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the authorization endpoint: redirects by 303 (RFC 9700 §4.12), with {@code iss} in
 * every one (RFC 9207).
 */
@Singleton
final class AuthorizationAnswer {
  private final String issuer;

  AuthorizationAnswer(ServerSettings settings) {
    this.issuer = settings.issuer();
  }

  /** Back to the client with a code (RFC 6749 §4.1.2). */
  HttpResponse<?> code(String redirectUri, String code, @Nullable String state) {
    return to(withState(append(redirectUri, "code", code), state));
  }

  /** Back to the client with an error (RFC 6749 §4.1.2.1). */
  HttpResponse<?> error(String redirectUri, OAuthException refusal, @Nullable String state) {
    String uri = append(redirectUri, "error", refusal.error().code());
    return to(withState(append(uri, "error_description", refusal.description()), state));
  }

  /** On to a page of this server. */
  HttpResponse<?> page(String path) {
    return to(path);
  }

  private String withState(String uri, @Nullable String state) {
    return append(state == null ? uri : append(uri, "state", state), "iss", issuer);
  }

  private static HttpResponse<?> to(String location) {
    return HttpResponse.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.LOCATION, location)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Referrer-Policy", "no-referrer");
  }

  /** Appends to a query that the redirect URI may have already (RFC 6749 §3.1.2). */
  private static String append(String uri, String name, String value) {
    String separator =
        uri.indexOf('?') < 0 ? "?" : uri.endsWith("?") || uri.endsWith("&") ? "" : "&";
    return uri
        + separator
        + name
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
