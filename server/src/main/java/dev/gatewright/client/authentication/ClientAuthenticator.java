package dev.gatewright.client.authentication;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientAuthMethod;
import dev.gatewright.client.ClientSecrets;
import dev.gatewright.client.Clients;
import dev.gatewright.client.jwt.InvalidJwtException;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates the client at the token endpoint and at those beside it (RFC 6749 §2.3, OAuth 2.1
 * §2.4): by exactly one method, and the one it is registered for. An unknown client and a wrong
 * secret get the same answer after the same work. May wait for the network, where a client keeps
 * its keys elsewhere.
 */
@Singleton
public final class ClientAuthenticator {
  private static final byte @Nullable [] NO_HASH = null;
  private static final Set<String> NOT_IN_THE_QUERY =
      Set.of("client_id", "client_secret", "client_assertion", "client_assertion_type");

  private final Clients clients;
  private final ClientSecrets secrets;
  private final ClientAssertions assertions;
  private final Audit audit;

  ClientAuthenticator(
      Clients clients, ClientSecrets secrets, ClientAssertions assertions, Audit audit) {
    this.clients = clients;
    this.secrets = secrets;
    this.assertions = assertions;
    this.audit = audit;
  }

  /**
   * The client that sends a request.
   *
   * @param form what the form says of the client
   * @throws OAuthException {@code invalid_client}: it did not authenticate; {@code
   *     invalid_request}: by more than one method, or in the query
   */
  public Client authenticate(HttpRequest<?> request, ClientCredentials form) {
    if (NOT_IN_THE_QUERY.stream().anyMatch(request.getParameters()::contains)) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST,
          "Client credentials belong in the Authorization header or in the body");
    }
    List<String> authorization = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    Client client =
        form.hasAssertion()
            ? byAssertion(authorization, form)
            : authenticate(presented(authorization, form));
    Actor.client(client.clientId()).actsIn(request);
    return client;
  }

  private Client byAssertion(List<String> authorization, ClientCredentials form) {
    if (!authorization.isEmpty() || form.clientSecret() != null) {
      throw moreThanOneMethod();
    }
    @Nullable Client claimed = null;
    try {
      ClientAssertions.Claim claim = assertions.read(form);
      claimed = claim.client();
      assertions.prove(claim);
      return claimed;
    } catch (InvalidJwtException e) {
      throw refused("Client assertion refused: " + e.getMessage(), claimed);
    }
  }

  private Presented presented(List<String> authorization, ClientCredentials form) {
    @Nullable String clientId = form.clientId();
    @Nullable String clientSecret = form.clientSecret();
    if (!authorization.isEmpty()) {
      if (authorization.size() > 1 || clientSecret != null) {
        throw moreThanOneMethod();
      }
      BasicCredentials basic =
          BasicCredentials.parse(authorization.getFirst())
              .orElseThrow(
                  () -> refused("The Authorization header is not well-formed HTTP Basic", null));
      if (clientId != null && !clientId.equals(basic.clientId())) {
        throw new OAuthException(
            ErrorCode.INVALID_REQUEST,
            "client_id differs from the client in the Authorization header");
      }
      return new Presented(
          ClientAuthMethod.CLIENT_SECRET_BASIC, basic.clientId(), basic.clientSecret());
    }
    if (clientId == null) {
      throw refused("The request names no client", null);
    }
    return clientSecret == null
        ? new Presented(ClientAuthMethod.NONE, clientId, "")
        : new Presented(ClientAuthMethod.CLIENT_SECRET_POST, clientId, clientSecret);
  }

  private Client authenticate(Presented presented) {
    Optional<Client> found = clients.find(presented.clientId());
    boolean secretMatches =
        secrets.matches(found.map(Client::secretHash).orElse(NO_HASH), presented.clientSecret());
    Client client = found.orElseThrow(() -> refused("No client has this client_id", null));
    if (client.tokenEndpointAuthMethod() != presented.method()) {
      throw refused(
          "Client %s sent %s but is registered for %s"
              .formatted(
                  client.clientId(),
                  presented.method().value(),
                  client.tokenEndpointAuthMethod().value()),
          client);
    }
    if (!client.isPublic() && !secretMatches) {
      throw refused("Client %s sent a wrong secret".formatted(client.clientId()), client);
    }
    return client;
  }

  private static OAuthException moreThanOneMethod() {
    return new OAuthException(
        ErrorCode.INVALID_REQUEST, "The client must authenticate by one method only");
  }

  /**
   * The refusal, recorded.
   *
   * @param client that the request names; null when there is none of that name
   */
  private OAuthException refused(String logged, @Nullable Client client) {
    AuditEvent refusal = AuditEvent.refusal(Act.CLIENT_AUTHENTICATED).by(Actor.ANONYMOUS);
    audit.recordRefusal(client == null ? refusal : refusal.on(Subject.client(client.clientId())));
    return new OAuthException(ErrorCode.INVALID_CLIENT, "Client authentication failed", logged);
  }

  /** What a request shows of the client; the secret is empty for {@code none}. */
  private record Presented(ClientAuthMethod method, String clientId, String clientSecret) {
    @Override
    public String toString() {
      return "Presented[" + method + "]";
    }
  }
}
