package dev.gatewright.client.auth;

import dev.gatewright.client.ApiClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One user's (or one client's own) tokens at one authorization server: got, kept fresh, put on
 * requests, revoked.
 *
 * <pre>{@code
 * OAuth2Session session = OAuth2Session.builder(URI.create("https://id.example"))
 *     .clientId("my-client").redirectUri(URI.create("http://localhost:8765/callback"))
 *     .scopes("openid", "offline_access", "user:read").build();
 * open(session.authorizationUrl().uri());           // the user logs in and is sent back
 * session.fetchToken(redirect);                     // where the browser ended up
 * session.get(URI.create("https://id.example/api/user"));
 * }</pre>
 *
 * <p>Safe for many threads. Every method that talks to the server may throw a {@link
 * TransportException}.
 */
public final class OAuth2Session {

  /** The built-in public client that tokens of {@link #logIn} belong to. */
  public static final String LOGIN_CLIENT_ID = "gatewright-login";

  private final SessionSettings settings;
  private final Discovery discovery;
  private final FreshTokens tokens;
  private final AtomicReference<@Nullable AuthorizationRequest> awaited = new AtomicReference<>();

  OAuth2Session(SessionSettings settings, Discovery discovery) {
    this.settings = settings;
    this.discovery = discovery;
    this.tokens =
        new FreshTokens(
            settings.tokenStore(), settings.clock(), settings.renewalMargin(), this::renew);
  }

  /** Starts to set up a session at an issuer, named as it stands in {@code iss}. */
  public static OAuth2SessionBuilder builder(URI issuer) {
    return new OAuth2SessionBuilder(issuer, null);
  }

  /**
   * As {@link #builder(URI)}, sharing metadata, keys and HTTP client with others of the same
   * issuer.
   */
  public static OAuth2SessionBuilder builder(Provider provider) {
    return new OAuth2SessionBuilder(provider.issuer(), provider);
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
    if (settings.forClientItself()) {
      throw new IllegalStateException(
          "A session for the client itself has no user to send anywhere");
    }
    AuthorizationRequest request = AuthorizationRequest.create(provider(), settings, parameters);
    awaited.set(request);
    return request;
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
    Tokens fetched = endpoint(provider).redeem(code, request);
    tokens.replace(fetched);
    return fetched;
  }

  /**
   * Logs in by user name or email and password, for first-party programs without a browser. The
   * session must have been built without a {@code clientId}.
   *
   * @throws ProblemException if the server refuses
   */
  public Tokens logIn(String login, String password) {
    if (!settings.client().clientId().equals(LOGIN_CLIENT_ID)) {
      throw new IllegalStateException(
          "Tokens of a password login belong to " + LOGIN_CLIENT_ID + ", leave clientId out");
    }
    Tokens fetched = endpoint(provider()).logIn(login, password, settings.scopes());
    tokens.replace(fetched);
    return fetched;
  }

  /**
   * An access token that can be used now, renewed if need be; once, however many threads ask.
   *
   * @throws AuthorizationRequiredException if there is none and only the user can help
   * @throws OAuthErrorException if the server refuses to renew it; after {@code invalid_grant} the
   *     tokens are gone
   */
  public String accessToken() {
    return tokens.get().accessToken();
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

  /**
   * Puts a valid access token on requests (RFC 6750 §2.1); for {@code
   * ApiClient.setRequestInterceptor}.
   */
  public Consumer<HttpRequest.Builder> requestInterceptor() {
    return request -> request.setHeader("Authorization", "Bearer " + accessToken());
  }

  /** The generated client, set up for this server and this session's tokens. */
  public ApiClient apiClient() {
    ApiClient client =
        new ApiClient() {
          @Override
          public HttpClient getHttpClient() {
            return discovery.transport().client();
          }
        };
    client.updateBaseUri(discovery.issuer().toString());
    return client
        .setReadTimeout(discovery.transport().timeout())
        .setRequestInterceptor(requestInterceptor());
  }

  /**
   * An authorized GET. The answer is given as it is, whatever its status.
   *
   * @param uri absolute, or relative to the issuer; the access token goes there, so it must be
   *     https or on this machine
   */
  public HttpResponse<String> get(URI uri) {
    URI target = discovery.issuer().resolve(uri);
    if (!discovery.transport().isSafe(target)) {
      throw new IllegalArgumentException(
          "An access token must not travel without TLS, to " + target.getHost());
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(target);
    requestInterceptor().accept(request);
    return discovery.transport().send(request.build());
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
          "The access token has expired and there is no refresh token");
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
