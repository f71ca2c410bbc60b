package dev.gatewright.client.auth;

import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets up an {@link OAuth2Session}. Not for more than one thread; what it builds is. */
public final class OAuth2SessionBuilder {

  private final Discovery discovery;
  private String clientId = OAuth2Session.LOGIN_CLIENT_ID;
  private @Nullable String clientSecret;
  private @Nullable ClientAuthentication clientAuthentication;
  private boolean forClientItself;
  private @Nullable URI redirectUri;
  private final Set<String> scopes = new LinkedHashSet<>();
  private final List<URI> resources = new ArrayList<>();
  private TokenStore tokenStore = TokenStore.inMemory();
  private @Nullable JWK privateKey;
  private Duration clockSkew = Duration.ofSeconds(30);
  private Duration renewalMargin = Duration.ofSeconds(30);

  /** For {@code Gatewright.newSession}. */
  public OAuth2SessionBuilder(Discovery discovery) {
    this.discovery = discovery;
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
   * The key that the client signs its assertions with ({@code private_key_jwt}, RFC 7523); the
   * server has its public half. Its {@code kid} is sent, and its {@code alg} used, where it has
   * them.
   */
  public OAuth2SessionBuilder privateKey(JWK privateKey) {
    this.privateKey = privateKey;
    return this;
  }

  /**
   * How the client authenticates; left out, with a secret by {@code CLIENT_SECRET_BASIC}, with a
   * private key by {@code PRIVATE_KEY_JWT}, without either by {@code NONE}.
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
   * Builds the session; nothing is asked of the server yet.
   *
   * @throws IllegalArgumentException if the settings contradict each other
   */
  public OAuth2Session build() {
    ClientAuthentication method = clientAuthentication;
    if (method == null) {
      method =
          clientSecret != null
              ? ClientAuthentication.CLIENT_SECRET_BASIC
              : privateKey != null
                  ? ClientAuthentication.PRIVATE_KEY_JWT
                  : ClientAuthentication.NONE;
    }
    if (forClientItself && method == ClientAuthentication.NONE) {
      throw new IllegalArgumentException(
          "The client credentials grant needs a client secret or a private key");
    }
    SessionSettings settings =
        new SessionSettings(
            new ClientCredentials(clientId, clientSecret, privateKey, method),
            forClientItself,
            redirectUri,
            Scopes.copy(scopes),
            List.copyOf(resources),
            tokenStore,
            discovery.clock(),
            clockSkew,
            renewalMargin);
    return new OAuth2Session(settings, discovery);
  }
}
