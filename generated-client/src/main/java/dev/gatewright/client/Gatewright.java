package dev.gatewright.client;

import dev.gatewright.client.api.Operations;
import dev.gatewright.client.auth.AccessTokenVerifier;
import dev.gatewright.client.auth.Discovery;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.auth.OAuth2SessionBuilder;
import dev.gatewright.client.auth.Provider;
import dev.gatewright.client.transport.Calls;
import dev.gatewright.client.transport.Credentials;
import dev.gatewright.client.transport.HttpTransport;
import java.net.URI;

/**
 * A Gatewright server: where everything starts. One is enough for a program; it is immutable, safe
 * for many threads, and nothing has to be closed.
 *
 * <pre>{@code
 * Gatewright gatewright = Gatewright.connect(URI.create("https://id.example"));
 *
 * // Operations that anyone may call
 * gatewright.users().signUp(
 *     SignUpRequest.builder().username("ada").password("correct horse battery").build());
 *
 * // A user's session, and operations with its tokens
 * OAuth2Session session = gatewright.newSession().clientId("my-tool").build();
 * session.logInByBrowser();
 * User user = gatewright.with(session).account().getUser();
 *
 * // An API of your own
 * AccessTokenVerifier verifier = gatewright.verifier("https://api.example/orders");
 * }</pre>
 */
public final class Gatewright extends Operations {

  private final Discovery discovery;
  private final HttpTransport transport;
  private final URI issuer;

  Gatewright(Discovery discovery, HttpTransport transport, URI issuer) {
    super(new Calls(issuer, transport, Credentials.NONE));
    this.discovery = discovery;
    this.transport = transport;
    this.issuer = issuer;
  }

  /**
   * Discovers a server, with everything at its default.
   *
   * @param issuer its issuer, as it stands in {@code iss}; {@code https}, or on this machine
   * @throws dev.gatewright.client.error.TransportException if the server does not answer
   * @throws dev.gatewright.client.error.RefusedResponseException if the metadata is another
   *     issuer's or unusable
   */
  public static Gatewright connect(URI issuer) {
    return builder(issuer).connect();
  }

  /** Begins to set up the way to a server. */
  public static GatewrightBuilder builder(URI issuer) {
    return new GatewrightBuilder(issuer);
  }

  /** The server as its metadata describes it; discovered when first needed. */
  public Provider provider() {
    return discovery.provider();
  }

  /** Begins to set up a session for a user, or for a client itself. */
  public OAuth2SessionBuilder newSession() {
    return new OAuth2SessionBuilder(discovery);
  }

  /**
   * Verifies access tokens for an API of your own.
   *
   * @param audience what the tokens must be for: the identifier of the protected resource
   */
  public AccessTokenVerifier verifier(String audience) {
    return new AccessTokenVerifier(discovery, audience);
  }

  /**
   * The operations, called with a session's tokens, or as its client where the contract asks for a
   * client.
   *
   * @throws IllegalArgumentException if the session is another server's, which must not get its
   *     tokens
   */
  public Operations with(OAuth2Session session) {
    if (!session.issuer().equals(issuer)) {
      throw new IllegalArgumentException("The session is at " + session.issuer());
    }
    return session.api();
  }

  /**
   * The operations, called with a token that the caller looks after: an access token, or an initial
   * or registration access token of a client that registers itself (RFC 7591, RFC 7592).
   */
  public Operations withToken(String token) {
    return new Operations(new Calls(issuer, transport, Credentials.ofToken(token)));
  }

  /** The operations, called by a client with its secret: introspection, say. */
  public Operations withClient(String clientId, String clientSecret) {
    return newSession()
        .clientId(clientId)
        .clientSecret(clientSecret)
        .clientCredentials()
        .build()
        .api();
  }

  @Override
  public String toString() {
    return "Gatewright[" + issuer + "]";
  }
}
