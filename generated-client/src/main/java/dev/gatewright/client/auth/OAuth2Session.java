package dev.gatewright.client.auth;

import dev.gatewright.client.api.Operations;
import dev.gatewright.client.concurrent.Background;
import dev.gatewright.client.concurrent.Waiting;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.InvalidTokenException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.jwt.TokenTime;
import dev.gatewright.client.transport.Bearer;
import dev.gatewright.client.transport.Calls;
import dev.gatewright.client.transport.Credentials;
import dev.gatewright.client.transport.HttpTransport;
import dev.gatewright.client.transport.Repeat;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One user's (or one client's own) tokens at one authorization server: got, kept fresh, put on
 * requests, revoked.
 *
 * <pre>{@code
 * Gatewright gatewright = Gatewright.connect(URI.create("https://id.example"));
 * OAuth2Session session = gatewright.newSession()
 *     .clientId("my-tool").scopes("openid", "offline_access", "user:read").build();
 * session.logInByBrowser();
 * session.api().account().getUser();
 * }</pre>
 *
 * <p>Safe for many threads. Every method that talks to the server may throw a {@link
 * TransportException}; those that end in {@code Async} do not wait, and their futures fail with
 * what the others throw.
 */
public final class OAuth2Session {

  /** The built-in public client that tokens of {@link #logIn} belong to. */
  public static final String LOGIN_CLIENT_ID = "gatewright-login";

  private final SessionSettings settings;
  private final Discovery discovery;
  private final FreshTokens tokens;
  private final Credentials credentials;
  private final AtomicReference<@Nullable AuthorizationRequest> awaited = new AtomicReference<>();

  OAuth2Session(SessionSettings settings, Discovery discovery) {
    this.settings = settings;
    this.discovery = discovery;
    this.tokens =
        new FreshTokens(
            settings.tokenStore(), settings.clock(), settings.renewalMargin(), this::renew);
    this.credentials = new SessionCredentials(tokens, settings, discovery.issuer());
  }

  /** The authorization server; discovered at the first call. */
  public Provider provider() {
    return discovery.provider();
  }

  /** Makes an authorization request: send the browser to its {@code uri()}. */
  public AuthorizationRequest authorizationUrl() {
    return authorizationUrl(Map.of());
  }

  /**
   * Makes an authorization request with fresh state, nonce and PKCE (S256).
   *
   * @param parameters further parameters, such as {@code prompt}, {@code login_hint} or {@code
   *     max_age} (seconds)
   */
  public AuthorizationRequest authorizationUrl(Map<String, String> parameters) {
    URI redirectUri = settings.redirectUri();
    if (redirectUri == null) {
      throw new IllegalStateException("An authorization request needs a redirectUri");
    }
    AuthorizationRequest request = authorizationRequest(redirectUri, parameters);
    awaited.set(request);
    return request;
  }

  private AuthorizationRequest authorizationRequest(
      URI redirectUri, Map<String, String> parameters) {
    requireUser();
    return AuthorizationRequest.create(provider(), settings, redirectUri, parameters);
  }

  private void requireUser() {
    if (settings.forClientItself()) {
      throw new IllegalStateException(
          "A session for the client itself has no user to send anywhere");
    }
  }

  /**
   * Redeems the code of a redirect that answers the latest {@link #authorizationUrl()} of this
   * session.
   *
   * @param redirect the full URL that the browser was sent to, pasted or caught
   * @throws RefusedResponseException if it answers another request or comes from another issuer
   * @throws OAuthErrorException if the user or the server refused
   * @throws InvalidTokenException if the ID token is not to be trusted
   */
  public Tokens fetchToken(URI redirect) {
    AuthorizationRequest request = awaited.get();
    if (request == null) {
      throw new IllegalStateException("No authorization request awaits an answer");
    }
    return fetchToken(redirect, request);
  }

  /** As {@link #fetchToken(URI)}, for a request that the caller has kept. */
  public Tokens fetchToken(URI redirect, AuthorizationRequest request) {
    Provider provider = provider();
    String code = AuthorizationResponse.code(redirect, request, provider);
    awaited.compareAndSet(request, null);
    return keep(endpoint(provider).redeem(code, request));
  }

  /** As {@link #fetchToken(URI, AuthorizationRequest)}, without waiting. */
  public CompletableFuture<Tokens> fetchTokenAsync(URI redirect, AuthorizationRequest request) {
    return Background.supply("login", () -> fetchToken(redirect, request));
  }

  /** Logs the user in by the system's browser, as {@link LoopbackLogin#withBrowser()} says. */
  public Tokens logInByBrowser() {
    return logInByBrowser(LoopbackLogin.withBrowser());
  }

  /**
   * Logs the user in by a browser on this machine that comes back to a loopback address (RFC 8252
   * §7.3): {@code http://127.0.0.1/callback} at any free port, or the session's {@code
   * redirectUri}, at its port if it names one.
   *
   * @throws OAuthErrorException if the user or the server refused
   * @throws AuthorizationRequiredException if the user did not come back in time
   */
  public Tokens logInByBrowser(LoopbackLogin login) {
    URI redirectUri = settings.redirectUri();
    try (LoopbackReceiver receiver =
        redirectUri == null ? LoopbackReceiver.open() : LoopbackReceiver.open(redirectUri)) {
      AuthorizationRequest request =
          authorizationRequest(receiver.redirectUri(), login.parameters());
      receiver.expect(request);
      login.open(request.uri());
      return fetchToken(receiver.await(request, login.timeout()), request);
    }
  }

  /** As {@link #logInByBrowser(LoopbackLogin)}, without waiting. */
  public CompletableFuture<Tokens> logInByBrowserAsync(LoopbackLogin login) {
    return Background.supply("login", () -> logInByBrowser(login));
  }

  /**
   * Logs the user in by another machine's browser, for programs without one (RFC 8628), and waits
   * until the user has answered there.
   *
   * @param show shows the user where to go and what to type
   * @throws OAuthErrorException {@code access_denied} if the user said no, {@code expired_token} if
   *     the user did not answer in time
   */
  public Tokens logInByDevice(Consumer<DevicePrompt> show) {
    requireUser();
    DevicePolling polling =
        new DevicePolling(endpoint(provider()), settings.clock(), DevicePolling::sleep);
    return keep(polling.logIn(settings.scopes(), settings.resources(), show));
  }

  /** As {@link #logInByDevice}, without waiting. */
  public CompletableFuture<Tokens> logInByDeviceAsync(Consumer<DevicePrompt> show) {
    return Background.supply("login", () -> logInByDevice(show));
  }

  /**
   * Logs in by user name or email and password, for first-party programs without a browser. The
   * session must have been built without a {@code clientId}.
   *
   * @throws ProblemException if the server refuses
   */
  public LoginResult logIn(String login, String password) {
    if (!settings.client().clientId().equals(LOGIN_CLIENT_ID)) {
      throw new IllegalStateException(
          "Tokens of a password login belong to " + LOGIN_CLIENT_ID + ", leave clientId out");
    }
    return new LoginResult.LoggedIn(
        keep(endpoint(provider()).logIn(login, password, settings.scopes())));
  }

  /** As {@link #logIn}, without waiting. */
  public CompletableFuture<LoginResult> logInAsync(String login, String password) {
    return Background.supply("login", () -> logIn(login, password));
  }

  /**
   * An access token that can be used now, renewed if need be; once, however many threads ask.
   *
   * @throws AuthorizationRequiredException if there is none, or its refresh token is no longer
   *     good, and only the user can help
   * @throws OAuthErrorException if the server refuses the client
   */
  public String accessToken() {
    return Waiting.together(accessTokenAsync());
  }

  /** As {@link #accessToken}, without waiting. */
  public CompletableFuture<String> accessTokenAsync() {
    return credentials.accessToken();
  }

  /** The tokens at hand, expired or not. */
  public Optional<Tokens> tokens() {
    return settings.tokenStore().load();
  }

  /**
   * Revokes the tokens at the server (RFC 7009) and forgets them; when the server cannot be told,
   * they stay.
   */
  public void revoke() {
    tokens.end(ended -> endpoint(provider()).revoke(ended));
  }

  /** As {@link #revoke}, without waiting. */
  public CompletableFuture<@Nullable Void> revokeAsync() {
    return Background.supply(
        "logout",
        () -> {
          revoke();
          return null;
        });
  }

  /**
   * Revokes the tokens as {@link #revoke} does, and says where to send the browser to end the
   * user's session at the server, too.
   *
   * @throws UnsupportedOperationException if the server has no end session endpoint
   */
  public URI logOut() {
    return logOut(null, null);
  }

  /**
   * As {@link #logOut()}, with a way back (OpenID Connect RP-Initiated Logout §2).
   *
   * @param postLogoutRedirectUri where the browser is sent afterwards, one that the client has
   *     registered
   * @param state what comes back with it
   */
  public URI logOut(@Nullable URI postLogoutRedirectUri, @Nullable String state) {
    URI endpoint =
        provider()
            .endSessionEndpoint()
            .orElseThrow(() -> new UnsupportedOperationException("The server offers no logout"));
    Optional<Tokens> ended = tokens.end(last -> endpoint(provider()).revoke(last));
    return EndSession.uri(
        endpoint,
        settings.client().clientId(),
        ended.map(Tokens::idToken).orElse(null),
        postLogoutRedirectUri,
        state);
  }

  /** As {@link #logOut(URI, String)}, without waiting. */
  public CompletableFuture<URI> logOutAsync(
      @Nullable URI postLogoutRedirectUri, @Nullable String state) {
    return Background.supply("logout", () -> logOut(postLogoutRedirectUri, state));
  }

  /** Every operation of the server's API, called with this session's tokens, or as its client. */
  public Operations api() {
    return new Operations(new Calls(discovery.issuer(), discovery.transport(), credentials));
  }

  /** Where this session's tokens are good. */
  public URI issuer() {
    return discovery.issuer();
  }

  /**
   * An authorized GET. The answer is given as it is, whatever its status.
   *
   * @param uri absolute, or relative to the issuer; the access token goes there, so it must be
   *     https or on this machine
   */
  public HttpResponse<String> get(URI uri) {
    return send(HttpRequest.newBuilder(discovery.issuer().resolve(uri)).build());
  }

  /**
   * Sends a request to any API with a valid access token (RFC 6750 §2.1). When the answer calls the
   * token invalid it is renewed and the request sent once more; the answer is given as it is,
   * whatever its status.
   *
   * @param request its URI must be https or on this machine; its body must be one that can be sent
   *     twice
   */
  public HttpResponse<String> send(HttpRequest request) {
    return Waiting.alone(sendAsync(request, BodyHandlers.ofString()));
  }

  /** As {@link #send}, without waiting, and with an answer in any form. */
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> bodyHandler) {
    HttpTransport transport = discovery.transport();
    if (!transport.isSafe(request.uri())) {
      throw new IllegalArgumentException(
          "An access token must not travel without TLS, to " + request.uri().getHost());
    }
    return Bearer.authorized(
        credentials,
        token ->
            transport.sendAsync(
                () ->
                    HttpRequest.newBuilder(request, (name, value) -> true)
                        .setHeader("Authorization", "Bearer " + token)
                        .build(),
                bodyHandler,
                Repeat.of(request)));
  }

  private Tokens keep(Tokens fetched) {
    tokens.replace(fetched);
    return fetched;
  }

  private Tokens renew(@Nullable Tokens before) {
    if (settings.forClientItself()) {
      return endpoint(provider()).clientCredentials(settings.scopes(), settings.resources());
    }
    if (before == null) {
      throw new AuthorizationRequiredException("There are no tokens; the user has to log in");
    }
    String refreshToken = before.refreshToken();
    if (refreshToken == null) {
      throw new AuthorizationRequiredException(
          "The access token can no longer be used and there is no refresh token");
    }
    return endpoint(provider()).refresh(before, refreshToken);
  }

  private TokenEndpoint endpoint(Provider provider) {
    TokenTime time = new TokenTime(settings.clock(), settings.clockSkew(), settings.clockSkew());
    return new TokenEndpoint(provider, settings.client(), time);
  }

  @Override
  public String toString() {
    return "OAuth2Session[" + discovery.issuer() + ", " + settings.client().clientId() + "]";
  }
}
