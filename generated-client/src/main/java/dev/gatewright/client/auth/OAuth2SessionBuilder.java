package dev.gatewright.client.auth;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets up an {@link OAuth2Session}. Not for more than one thread; what it builds is. */
public final class OAuth2SessionBuilder {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final URI issuer;
  private final @Nullable Provider provider;
  private String clientId = OAuth2Session.LOGIN_CLIENT_ID;
  private @Nullable String clientSecret;
  private @Nullable ClientAuthentication clientAuthentication;
  private boolean forClientItself;
  private @Nullable URI redirectUri;
  private final Set<String> scopes = new LinkedHashSet<>();
  private final List<URI> resources = new ArrayList<>();
  private TokenStore tokenStore = TokenStore.inMemory();
  private Clock clock = Clock.systemUTC();
  private Duration clockSkew = Duration.ofSeconds(30);
  private Duration renewalMargin = Duration.ofSeconds(30);
  private @Nullable HttpClient httpClient;
  private Duration timeout = HttpTransport.DEFAULT_TIMEOUT;
  private boolean plainHttpAllowed;

  OAuth2SessionBuilder(URI issuer, @Nullable Provider provider) {
    this.issuer = issuer;
    this.provider = provider;
  }

  /** The registered client. Left out, it is the built-in client of {@link OAuth2Session#logIn}. */
  public OAuth2SessionBuilder clientId(String clientId) {
    this.clientId = clientId;
    return this;
  }

  /** The client secret, of a confidential client. */
  public OAuth2SessionBuilder clientSecret(String clientSecret) {
    this.clientSecret = clientSecret;
    return this;
  }

  /**
   * How the client authenticates: with a secret by {@code CLIENT_SECRET_BASIC}, without by {@code
   * NONE}.
   */
  public OAuth2SessionBuilder clientAuthentication(ClientAuthentication method) {
    this.clientAuthentication = method;
    return this;
  }

  /**
   * The session is the client's own, without a user: the client credentials grant (RFC 6749 §4.4).
   */
  public OAuth2SessionBuilder clientCredentials() {
    this.forClientItself = true;
    return this;
  }

  /** Where the browser comes back to; one of the client's registered redirect URIs. */
  public OAuth2SessionBuilder redirectUri(URI redirectUri) {
    this.redirectUri = redirectUri;
    return this;
  }

  /** The scopes to ask for; left out, the client's default scopes. */
  public OAuth2SessionBuilder scopes(String... scopes) {
    this.scopes.addAll(Arrays.asList(scopes));
    return this;
  }

  /**
   * The protected resources that the access token is for (RFC 8707); left out, the scopes decide.
   */
  public OAuth2SessionBuilder resources(URI... resources) {
    this.resources.addAll(Arrays.asList(resources));
    return this;
  }

  /** Where the tokens are kept; left out, in memory. */
  public OAuth2SessionBuilder tokenStore(TokenStore tokenStore) {
    this.tokenStore = tokenStore;
    return this;
  }

  /**
   * The HTTP client (proxy, trust store); it should not follow redirects. A given {@link Provider}
   * keeps its own.
   */
  public OAuth2SessionBuilder httpClient(HttpClient httpClient) {
    this.httpClient = httpClient;
    return this;
  }

  /** The most that one exchange may take, 30 seconds unless said otherwise. */
  public OAuth2SessionBuilder timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /** The clock by which tokens expire. */
  public OAuth2SessionBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /**
   * By how much the server's clock may differ from ours in ID tokens, 30 seconds unless said
   * otherwise.
   */
  public OAuth2SessionBuilder clockSkew(Duration clockSkew) {
    this.clockSkew = clockSkew;
    return this;
  }

  /** How long before its expiry an access token is renewed, 30 seconds unless said otherwise. */
  public OAuth2SessionBuilder renewalMargin(Duration renewalMargin) {
    this.renewalMargin = renewalMargin;
    return this;
  }

  /**
   * Allows {@code http} to other machines. Whoever listens in gets the tokens: for closed test
   * networks only.
   */
  public OAuth2SessionBuilder allowPlainHttp() {
    this.plainHttpAllowed = true;
    return this;
  }

  /**
   * Builds the session; nothing is asked of the server yet.
   *
   * @throws IllegalArgumentException if the settings contradict each other
   */
  public OAuth2Session build() {
    if (forClientItself && clientSecret == null) {
      throw new IllegalArgumentException("The client credentials grant needs a client secret");
    }
    ClientAuthentication method = clientAuthentication;
    if (method == null) {
      method =
          clientSecret == null
              ? ClientAuthentication.NONE
              : ClientAuthentication.CLIENT_SECRET_BASIC;
    }
    HttpTransport transport = provider == null ? transport() : provider.transport();
    Provider.requireSafe(issuer, transport);
    SessionSettings settings =
        new SessionSettings(
            new ClientCredentials(clientId, clientSecret, method),
            forClientItself,
            redirectUri,
            Scopes.copy(scopes),
            List.copyOf(resources),
            tokenStore,
            clock,
            clockSkew,
            renewalMargin);
    return new OAuth2Session(settings, new Discovery(issuer, transport, provider));
  }

  private HttpTransport transport() {
    HttpClient client = httpClient;
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    }
    return new HttpTransport(client, timeout, plainHttpAllowed);
  }
}
