package dev.gatewright.client.auth;

import dev.gatewright.client.auth.RefusedResponseException.Reason;
import dev.gatewright.client.model.LoginRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One client's requests for tokens, and for their end. ID tokens that come back have been
 * validated.
 *
 * @param provider whom to ask
 * @param client who asks
 * @param time our clock, and how far the provider's may differ
 */
record TokenEndpoint(Provider provider, ClientCredentials client, TokenTime time) {

  /** Redeems an authorization code (RFC 6749 §4.1.3, RFC 7636 §4.5). */
  Tokens redeem(String code, AuthorizationRequest request) {
    Form form =
        new Form()
            .add("grant_type", "authorization_code")
            .add("code", code)
            .add("redirect_uri", request.redirectUri().toString())
            .add("code_verifier", request.codeVerifier());
    Tokens tokens = tokens(form, request.scopes());
    String idToken = tokens.idToken();
    if (idToken != null) {
      validator().validateLogin(idToken, tokens.accessToken(), request);
    } else if (tokens.scopes().contains(Scopes.OPENID)) {
      throw new RefusedResponseException(Reason.MALFORMED, "The token response lacks the ID token");
    }
    return tokens;
  }

  /** Refreshes (RFC 6749 §6); what the answer leaves out stays as it was. */
  Tokens refresh(Tokens before, String refreshToken) {
    Form form = new Form().add("grant_type", "refresh_token").add("refresh_token", refreshToken);
    Tokens after = tokens(form, before.scopes());
    String idToken = after.idToken();
    if (idToken != null) {
      validator().validateRefreshed(idToken, after.accessToken(), before.idTokenClaims());
    }
    return new Tokens(
        after.accessToken(),
        after.refreshToken() == null ? refreshToken : after.refreshToken(),
        idToken == null ? before.idToken() : idToken,
        after.scopes(),
        after.receivedAt(),
        after.expiresAt());
  }

  /** Gets an access token for the client itself (RFC 6749 §4.4, RFC 8707 §2.2). */
  Tokens clientCredentials(Set<String> scopes, List<URI> resources) {
    Form form =
        new Form()
            .add("grant_type", "client_credentials")
            .add("scope", Scopes.format(scopes))
            .addEach("resource", resources);
    return tokens(form, scopes);
  }

  /** Logs a user in by password, at this server's own API. */
  Tokens logIn(String login, String password, Set<String> scopes) {
    LoginRequest body = new LoginRequest().login(login).password(password);
    if (!scopes.isEmpty()) {
      body.scope(Scopes.format(scopes));
    }
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(provider.issuer().toString().replaceFirst("/$", "") + "/api/login"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, application/problem+json")
            .POST(BodyPublishers.ofString(Json.write(body)))
            .build();
    Instant askedAt = time.clock().instant();
    Tokens tokens = TokenAnswer.read(provider.transport().send(request), askedAt, scopes);
    String idToken = tokens.idToken();
    if (idToken != null) {
      validator().validatePasswordLogin(idToken, tokens.accessToken());
    }
    return tokens;
  }

  /**
   * Revokes the refresh token, and with it all of its grant, or the access token when there is none
   * (RFC 7009 §2.1).
   */
  void revoke(Tokens tokens) {
    URI endpoint =
        provider
            .revocationEndpoint()
            .orElseThrow(
                () -> new UnsupportedOperationException("The server offers no revocation"));
    String refreshToken = tokens.refreshToken();
    Form form =
        new Form()
            .add("token", refreshToken == null ? tokens.accessToken() : refreshToken)
            .add("token_type_hint", refreshToken == null ? "access_token" : "refresh_token");
    TokenAnswer.check(post(endpoint, form));
  }

  private Tokens tokens(Form form, Set<String> askedScopes) {
    Instant askedAt = time.clock().instant();
    return TokenAnswer.read(post(provider.tokenEndpoint(), form), askedAt, askedScopes);
  }

  private HttpResponse<String> post(URI endpoint, Form form) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
    client.authenticate(request, form);
    return provider.transport().send(request.POST(BodyPublishers.ofString(form.encoded())).build());
  }

  private IdTokenValidator validator() {
    return new IdTokenValidator(provider, client.clientId(), time);
  }
}
