package dev.gatewright.client.auth;

import dev.gatewright.client.auth.RefusedResponseException.Reason;
import dev.gatewright.client.model.ProviderMetadata;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server as its metadata describes it (OpenID Connect Discovery §3, RFC 8414), and
 * its keys. Immutable but for a cache of the keys; one can serve any number of sessions and
 * verifiers.
 */
public final class Provider {

  private static final String WELL_KNOWN = "/.well-known/openid-configuration";

  private final URI issuer;
  private final URI authorizationEndpoint;
  private final URI tokenEndpoint;
  private final @Nullable URI revocationEndpoint;
  private final Set<String> idTokenAlgorithms;
  private final boolean issuerInAuthorizationResponse;
  private final IssuerKeys keys;
  private final HttpTransport transport;

  private Provider(ProviderMetadata metadata, HttpTransport transport) {
    this.transport = transport;
    this.issuer = metadata.getIssuer();
    this.authorizationEndpoint =
        endpoint("authorization_endpoint", metadata.getAuthorizationEndpoint());
    this.tokenEndpoint = endpoint("token_endpoint", metadata.getTokenEndpoint());
    URI revocation = metadata.getRevocationEndpoint();
    this.revocationEndpoint =
        revocation == null ? null : endpoint("revocation_endpoint", revocation);
    this.keys = new IssuerKeys(endpoint("jwks_uri", metadata.getJwksUri()), transport);
    this.idTokenAlgorithms = Set.copyOf(metadata.getIdTokenSigningAlgValuesSupported());
    this.issuerInAuthorizationResponse =
        Boolean.TRUE.equals(metadata.getAuthorizationResponseIssParameterSupported());
  }

  /**
   * Fetches the metadata with an HTTP client of its own.
   *
   * @param issuer the issuer, as it stands in {@code iss}
   * @throws RefusedResponseException if the metadata is another issuer's (OpenID Connect Discovery
   *     §4.3) or unusable
   * @throws TransportException if the server does not answer
   */
  public static Provider discover(URI issuer) {
    return discover(issuer, HttpClient.newHttpClient());
  }

  /**
   * As {@link #discover(URI)}, with an HTTP client that the caller has set up (proxy, trust store).
   */
  public static Provider discover(URI issuer, HttpClient httpClient) {
    return discover(issuer, new HttpTransport(httpClient, HttpTransport.DEFAULT_TIMEOUT, false));
  }

  static Provider discover(URI issuer, HttpTransport transport) {
    requireSafe(issuer, transport);
    URI location = URI.create(issuer.toString().replaceFirst("/$", "") + WELL_KNOWN);
    HttpResponse<String> response =
        transport.send(
            HttpRequest.newBuilder(location).header("Accept", "application/json").build());
    if (response.statusCode() != 200) {
      throw TransportException.unexpectedAnswer(
          TransportException.call("GET", location), response.statusCode());
    }
    ProviderMetadata metadata =
        Json.read(response.body(), ProviderMetadata.class)
            .orElseThrow(() ->
                new RefusedResponseException(Reason.MALFORMED, "The metadata cannot be read"));
    if (metadata.getIssuer() == null
        || !issuer.toString().equals(metadata.getIssuer().toString())) {
      throw new RefusedResponseException(
          Reason.ISSUER,
          "The metadata at " + location + " is of the issuer " + metadata.getIssuer());
    }
    return new Provider(metadata, transport);
  }

  static void requireSafe(URI issuer, HttpTransport transport) {
    if (!transport.isSafe(issuer)
        || issuer.getRawQuery() != null
        || issuer.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The issuer must be an https URI (http only on this machine) without query and fragment: "
              + issuer);
    }
  }

  private URI endpoint(String name, @Nullable URI uri) {
    if (uri == null) {
      throw new RefusedResponseException(Reason.MALFORMED, "The metadata lacks " + name);
    }
    if (!transport.isSafe(uri)) {
      throw new RefusedResponseException(
          Reason.INSECURE, "The metadata names an insecure " + name + ": " + uri);
    }
    return uri;
  }

  /** The issuer, {@code iss} of its tokens. */
  public URI issuer() {
    return issuer;
  }

  /** Where the browser is sent. */
  public URI authorizationEndpoint() {
    return authorizationEndpoint;
  }

  /** Where tokens are issued. */
  public URI tokenEndpoint() {
    return tokenEndpoint;
  }

  /** Where tokens are revoked, if the server does that. */
  public Optional<URI> revocationEndpoint() {
    return Optional.ofNullable(revocationEndpoint);
  }

  /** The JWS algorithms that may sign ID tokens, such as {@code RS256}. */
  public Set<String> idTokenAlgorithms() {
    return idTokenAlgorithms;
  }

  /** Whether every answer of the authorization endpoint names its issuer (RFC 9207 §3). */
  public boolean issuerInAuthorizationResponse() {
    return issuerInAuthorizationResponse;
  }

  IssuerKeys keys() {
    return keys;
  }

  HttpTransport transport() {
    return transport;
  }

  @Override
  public String toString() {
    return "Provider[" + issuer + "]";
  }
}
