package dev.gatewright.authorize;

import dev.gatewright.oauth.OAuthException;
import dev.gatewright.page.FormPostPage;
import dev.gatewright.page.Pages;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers of the authorization endpoint: redirects by 303 (RFC 9700 §4.12), or a page that posts
 * itself, with {@code iss} in every one (RFC 9207).
 */
@Singleton
final class AuthorizationAnswer {
  private final Pages pages;
  private final String issuer;

  AuthorizationAnswer(Pages pages, ServerSettings settings) {
    this.pages = pages;
    this.issuer = settings.issuer();
  }

  /** Back to the client with a code (RFC 6749 §4.1.2). */
  HttpResponse<?> code(ReturnAddress to, String code) {
    return send(to, Map.of("code", code));
  }

  /** Back to the client with an error (RFC 6749 §4.1.2.1). */
  HttpResponse<?> error(ReturnAddress to, OAuthException refusal) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("error", refusal.error().code());
    parameters.put("error_description", refusal.description());
    return send(to, parameters);
  }

  /** On to a page of this server. */
  HttpResponse<?> page(String path) {
    return redirect(path);
  }

  private HttpResponse<?> send(ReturnAddress to, Map<String, String> outcome) {
    var parameters = new LinkedHashMap<>(outcome);
    if (to.state() != null) {
      parameters.put("state", to.state());
    }
    parameters.put("iss", issuer);
    return switch (to.mode()) {
      case QUERY -> redirect(withQuery(to.redirectUri(), parameters));
      case FORM_POST ->
          pages.answer(
              HttpStatus.OK, new FormPostPage(to.redirectUri(), parameters), to.redirectUri());
    };
  }

  private static HttpResponse<?> redirect(String location) {
    return HttpResponse.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.LOCATION, location)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Referrer-Policy", "no-referrer");
  }

  /** Appends to a query that the redirect URI may have already (RFC 6749 §3.1.2). */
  private static String withQuery(String redirectUri, Map<String, String> parameters) {
    var uri = new StringBuilder(redirectUri);
    parameters.forEach(
        (name, value) -> uri.append(separator(uri)).append(name).append('=').append(encode(value)));
    return uri.toString();
  }

  private static String separator(StringBuilder uri) {
    if (uri.indexOf("?") < 0) {
      return "?";
    }
    char last = uri.charAt(uri.length() - 1);
    return last == '?' || last == '&' ? "" : "&";
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
