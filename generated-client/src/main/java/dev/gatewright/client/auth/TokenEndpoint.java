package dev.gatewright.client.auth;

import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.RefusedResponseException.Reason;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.jwt.TokenTime;
import dev.gatewright.client.model.DeviceAuthorizationResponse;
import dev.gatewright.client.model.LoginRequest;
import dev.gatewright.client.transport.Form;
import dev.gatewright.client.transport.HttpTransport;
import dev.gatewright.client.transport.Json;
import dev.gatewright.client.transport.Repeat;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

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
    Supplier<Form> form =
        () ->
            new Form()
                .add("grant_type", "authorization_code")
                .add("code", code)
                .add("redirect_uri", request.redirectUri().toString())
                .add("code_verifier", request.codeVerifier());
    Tokens tokens = tokens(form, request.scopes(), Repeat.UNSENT);
    String idToken = tokens.idToken();
    if (idToken != null) {
      validator().validateLogin(idToken, tokens.accessToken(), request);
    } else if (tokens.scopes().contains(Scopes.OPENID)) {
      throw new RefusedResponseException(Reason.MALFORMED, "The token response lacks the ID token");
    }
    return tokens;
  }

  /**
   * Refreshes (RFC 6749 §6); what the answer leaves out stays as it was. When the answer is lost,
   * the same refresh token is sent once more: if it was redeemed, a server that gives clients the
   * time to ask again answers with the same successor, and any other one ends the authorization.
   */
  Tokens refresh(Tokens before, String refreshToken) {
    Tokens after;
    try {
      after = refreshOnce(before, refreshToken);
    } catch (TransportException e) {
      if (e.status().isPresent() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      after = refreshAgain(before, refreshToken, e);
    }
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

  private Tokens refreshAgain(Tokens before, String refreshToken, TransportException lost) {
    try {
      return refreshOnce(before, refreshToken);
    } catch (OAuthErrorException e) {
      e.addSuppressed(lost);
      throw e;
    }
  }

  private Tokens refreshOnce(Tokens before, String refreshToken) {
    return tokens(
        () -> new Form().add("grant_type", "refresh_token").add("refresh_token", refreshToken),
        before.scopes(),
        Repeat.UNDONE);
  }

  /** Gets an access token for the client itself (RFC 6749 §4.4, RFC 8707 §2.2). */
  Tokens clientCredentials(Set<String> scopes, List<URI> resources) {
    return tokens(
        () ->
            new Form()
                .add("grant_type", "client_credentials")
                .add("scope", Scopes.format(scopes))
                .addEach("resource", resources),
        scopes,
        Repeat.IDEMPOTENT);
  }

  /** Asks for the codes by which a user lets a device in (RFC 8628 §3.1). */
  DeviceAuthorizationResponse authorizeDevice(Set<String> scopes, List<URI> resources) {
    URI endpoint =
        provider
            .deviceAuthorizationEndpoint()
            .orElseThrow(
                () -> new UnsupportedOperationException("The server offers no device grant"));
    HttpResponse<String> response =
        post(
            endpoint,
            () -> new Form().add("scope", Scopes.format(scopes)).addEach("resource", resources),
            Repeat.IDEMPOTENT);
    TokenAnswer.check(response);
    return Json.read(response.body(), DeviceAuthorizationResponse.class)
        .filter(read -> read.deviceCode() != null && read.userCode() != null)
        .filter(read -> read.verificationUri() != null && read.expiresIn() != null)
        .orElseThrow(() ->
            new RefusedResponseException(
                Reason.MALFORMED, "The device authorization response cannot be used"));
  }

  /** Asks whether the user has let the device in (RFC 8628 §3.4). */
  Tokens device(String deviceCode, Set<String> scopes) {
    Tokens tokens =
        tokens(
            () ->
                new Form()
                    .add("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                    .add("device_code", deviceCode),
            scopes,
            Repeat.UNSENT);
    return unasked(tokens);
  }

  /**
   * Logs a user in by password, at this server's own API. That there were too many attempts is told
   * at once, for the user waits.
   */
  Tokens logIn(String login, String password, Set<String> scopes) {
    LoginRequest body =
        LoginRequest.builder()
            .login(login)
            .password(password)
            .scope(scopes.isEmpty() ? null : Scopes.format(scopes))
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(HttpTransport.at(provider.issuer(), "/api/login"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, application/problem+json")
            .POST(BodyPublishers.ofString(Json.write(body)))
            .build();
    Instant askedAt = time.clock().instant();
    return unasked(
        TokenAnswer.read(provider.transport().send(() -> request, Repeat.UNSENT), askedAt, scopes));
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
    Supplier<Form> form =
        () ->
            new Form()
                .add("token", refreshToken == null ? tokens.accessToken() : refreshToken)
                .add("token_type_hint", refreshToken == null ? "access_token" : "refresh_token");
    TokenAnswer.check(post(endpoint, form, Repeat.IDEMPOTENT)); // §2.2: as often as one likes.
  }

  private Tokens unasked(Tokens tokens) {
    String idToken = tokens.idToken();
    if (idToken != null) {
      validator().validateUnasked(idToken, tokens.accessToken());
    }
    return tokens;
  }

  private Tokens tokens(Supplier<Form> form, Set<String> askedScopes, Repeat repeat) {
    Instant askedAt = time.clock().instant();
    return TokenAnswer.read(post(provider.tokenEndpoint(), form, repeat), askedAt, askedScopes);
  }

  /** A form is made anew for each attempt, for what authenticates the client may work once. */
  private HttpResponse<String> post(URI endpoint, Supplier<Form> parameters, Repeat repeat) {
    return provider
        .transport()
        .send(
            () -> {
              HttpRequest.Builder request =
                  HttpRequest.newBuilder(endpoint)
                      .header("Content-Type", "application/x-www-form-urlencoded")
                      .header("Accept", "application/json");
              Form form = parameters.get();
              client.authenticate(request, form, provider.issuer(), time.clock());
              return request.POST(BodyPublishers.ofString(form.encoded())).build();
            },
            repeat);
  }

  private IdTokenValidator validator() {
    return new IdTokenValidator(provider, client.clientId(), time);
  }
}
