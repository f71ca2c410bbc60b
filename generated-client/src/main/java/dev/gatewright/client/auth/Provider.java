package dev.gatewright.client.auth;

import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.RefusedResponseException.Reason;
import dev.gatewright.client.jwt.IssuerKeys;
import dev.gatewright.client.model.ProviderMetadata;
import dev.gatewright.client.transport.ErrorAnswer;
import dev.gatewright.client.transport.HttpTransport;
import dev.gatewright.client.transport.Json;
import dev.gatewright.client.transport.Repeat;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
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

  private final ProviderMetadata metadata;
  private final URI issuer;
  private final URI authorizationEndpoint;
  private final URI tokenEndpoint;
  private final @Nullable URI revocationEndpoint;
  private final @Nullable URI deviceAuthorizationEndpoint;
  private final @Nullable URI endSessionEndpoint;
  private final Set<String> idTokenAlgorithms;
  private final boolean issuerInAuthorizationResponse;
  private final IssuerKeys keys;
  private final HttpTransport transport;

  private Provider(ProviderMetadata metadata, HttpTransport transport, Clock clock) {
    this.metadata = metadata;
    this.transport = transport;
    this.issuer = metadata.issuer();
    this.authorizationEndpoint =
        endpoint("authorization_endpoint", metadata.authorizationEndpoint());
    this.tokenEndpoint = endpoint("token_endpoint", metadata.tokenEndpoint());
    this.revocationEndpoint = optional("revocation_endpoint", metadata.revocationEndpoint());
    this.deviceAuthorizationEndpoint =
        optional("device_authorization_endpoint", metadata.deviceAuthorizationEndpoint());
    this.endSessionEndpoint = optional("end_session_endpoint", metadata.endSessionEndpoint());
    this.keys = new IssuerKeys(endpoint("jwks_uri", metadata.jwksUri()), transport, clock);
    List<String> algorithms = metadata.idTokenSigningAlgValuesSupported();
    this.idTokenAlgorithms = algorithms == null ? Set.of() : Set.copyOf(algorithms);
    this.issuerInAuthorizationResponse =
        Boolean.TRUE.equals(metadata.authorizationResponseIssParameterSupported());
  }

  /**
   * Fetches the metadata.
   *
   * @param issuer the issuer, as it stands in {@code iss}
   * @throws RefusedResponseException if the metadata is another issuer's (OpenID Connect Discovery
   *     §4.3) or unusable
   * @throws dev.gatewright.client.error.TransportException if the server does not answer
   */
  static Provider discover(URI issuer, HttpTransport transport, Clock clock) {
    URI location = HttpTransport.at(issuer, WELL_KNOWN);
    HttpResponse<String> response =
        transport.send(
            () -> HttpRequest.newBuilder(location).header("Accept", "application/json").build(),
            Repeat.IDEMPOTENT);
    if (response.statusCode() != 200) {
      throw ErrorAnswer.of(response);
    }
    ProviderMetadata metadata =
        Json.read(response.body(), ProviderMetadata.class)
            .orElseThrow(() ->
                new RefusedResponseException(Reason.MALFORMED, "The metadata cannot be read"));
    if (metadata.issuer() == null || !issuer.toString().equals(metadata.issuer().toString())) {
      throw new RefusedResponseException(
          Reason.ISSUER, "The metadata at " + location + " is of the issuer " + metadata.issuer());
    }
    return new Provider(metadata, transport, clock);
  }

  private @Nullable URI optional(String name, @Nullable URI uri) {
    return uri == null ? null : endpoint(name, uri);
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

  /** Where devices ask for codes (RFC 8628 §3.1), if the server does that. */
  public Optional<URI> deviceAuthorizationEndpoint() {
    return Optional.ofNullable(deviceAuthorizationEndpoint);
  }

  /** Where a browser is sent to log out (RP-Initiated Logout §2), if the server does that. */
  public Optional<URI> endSessionEndpoint() {
    return Optional.ofNullable(endSessionEndpoint);
  }

  /** All that the metadata says. */
  public ProviderMetadata metadata() {
    return metadata;
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
