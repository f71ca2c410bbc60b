package dev.gatewright.authorize;

import dev.gatewright.client.Client;
import dev.gatewright.client.jwt.ClientKeys;
import dev.gatewright.client.jwt.InvalidJwtException;
import dev.gatewright.client.jwt.JwtClaims;
import dev.gatewright.client.jwt.PresentedJwt;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.outbound.Outbound;
import dev.gatewright.outbound.OutboundException;
import dev.gatewright.settings.RequestUriSettings;
import dev.gatewright.settings.ServerSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Authorization requests that the client has signed: a request object as the parameter {@code
 * request}, or at the address that {@code request_uri} names (RFC 9101, OpenID Connect Core §6).
 * What an object says is what counts, see {@link RequestObjectParameters}.
 */
@Singleton
final class RequestObjects {
  private static final String REQUEST = "request";
  private static final String REQUEST_URI = "request_uri";

  /** An ID token, access token or client assertion is none, whatever it says (RFC 9101 §10.8). */
  private static final Set<String> JWT_TYPES = Set.of("oauth-authz-req+jwt", "jwt");

  private static final Set<String> MEDIA_TYPES =
      Set.of("application/oauth-authz-req+jwt", "application/jwt");

  private final ClientKeys keys;
  private final Outbound outbound;
  private final RequestObjectParameters inner;
  private final boolean byReference;
  private final String issuer;
  private final Clock clock;

  RequestObjects(
      ClientKeys keys,
      Outbound outbound,
      RequestObjectParameters inner,
      RequestUriSettings requestUri,
      ServerSettings server,
      Clock clock) {
    this.keys = keys;
    this.outbound = outbound;
    this.inner = inner;
    this.byReference = requestUri.enabled();
    this.issuer = server.issuer();
    this.clock = clock;
  }

  /**
   * The parameters that count: those that were sent, or what a request object makes of them.
   *
   * @throws OAuthException when the request object is refused
   */
  Parameters resolve(Client client, Parameters sent) {
    Optional<String> request = sent.find(REQUEST);
    Optional<String> requestUri = sent.find(REQUEST_URI);
    if (request.isEmpty() && requestUri.isEmpty()) {
      return sent;
    }
    sent.requireNoneRepeated();
    if (request.isPresent() && requestUri.isPresent()) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST, "The parameters request and request_uri exclude each other");
    }
    String object = request.orElseGet(() -> fetch(client, requestUri.orElseThrow()));
    try {
      return inner.merge(sent, verify(client, object));
    } catch (InvalidJwtException e) {
      throw refused(e, request.isPresent());
    }
  }

  /** RFC 9101 §5.2, §10.4: only what the client has registered, and under guard. */
  private String fetch(Client client, String requestUri) {
    if (!byReference) {
      throw new OAuthException(
          ErrorCode.REQUEST_URI_NOT_SUPPORTED, "References to request objects are not supported");
    }
    String document = withoutFragment(requestUri);
    List<String> registered =
        client.options().requestUris().stream().map(RequestObjects::withoutFragment).toList();
    if (!registered.contains(document)) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST_URI, "The client has not registered this request_uri");
    }
    try {
      return outbound.get(document, MEDIA_TYPES).text().strip();
    } catch (OutboundException e) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST_URI,
          "The request object cannot be fetched",
          "request object of client " + client.clientId() + ": " + e.getMessage());
    }
  }

  /** OpenID Connect Core §6.2: the fragment tells versions of the document apart. */
  private static String withoutFragment(String uri) {
    int fragment = uri.indexOf('#');
    return fragment < 0 ? uri : uri.substring(0, fragment);
  }

  /** The claims of an object that the client has signed for this server (RFC 9101 §6). */
  private JwtClaims verify(Client client, String object) throws InvalidJwtException {
    JwtClaims claims =
        keys.verify(
            client,
            PresentedJwt.read(object, JWT_TYPES),
            client.options().requestObjectSigningAlg());
    claims.requireCurrent(clock.instant());
    for (String claim : List.of("iss", "client_id")) {
      Optional<String> named = claims.text(claim);
      if (named.isPresent() && !named.get().equals(client.clientId())) {
        throw new InvalidJwtException("the claim " + claim + " is not the client");
      }
    }
    List<String> audience = claims.audience();
    if (!audience.isEmpty() && !audience.contains(issuer)) {
      throw new InvalidJwtException("the audience of the request object is another server");
    }
    if (claims.text("sub").filter(client.clientId()::equals).isPresent()) {
      throw new InvalidJwtException("the subject of the request object is that of an assertion");
    }
    return claims;
  }

  /** OpenID Connect Core §3.1.2.6. */
  private static OAuthException refused(InvalidJwtException why, boolean byValue) {
    if (!why.isUnsigned()) {
      return new OAuthException(
          ErrorCode.INVALID_REQUEST_OBJECT,
          "The request object is not valid",
          "request object refused: " + why.getMessage());
    }
    return new OAuthException(
        byValue ? ErrorCode.REQUEST_NOT_SUPPORTED : ErrorCode.REQUEST_URI_NOT_SUPPORTED,
        "Request objects must be signed");
  }
}
