package dev.gatewright.authorize;

import dev.gatewright.http.Redirects;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.page.FormPostPage;
import dev.gatewright.page.Pages;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
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
    return Redirects.to(path);
  }

  private HttpResponse<?> send(ReturnAddress to, Map<String, String> outcome) {
    var parameters = new LinkedHashMap<>(outcome);
    if (to.state() != null) {
      parameters.put("state", to.state());
    }
    parameters.put("iss", issuer);
    return switch (to.mode()) {
      case QUERY -> Redirects.to(withQuery(to.redirectUri(), parameters));
      case FORM_POST ->
          pages.answer(
              HttpStatus.OK, new FormPostPage(to.redirectUri(), parameters), to.redirectUri());
    };
  }

  private static String withQuery(String redirectUri, Map<String, String> parameters) {
    String uri = redirectUri;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      uri = Redirects.append(uri, parameter.getKey(), parameter.getValue());
    }
    return uri;
  }
}
