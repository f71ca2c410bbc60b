package dev.gatewright.grant;

import dev.gatewright.client.Client;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.resource.ProtectedResource;
import dev.gatewright.resource.Resources;
import dev.gatewright.settings.ServerSettings;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which protected resources an access token is for: those asked for by {@code resource} (RFC 8707),
 * or those of its scopes.
 */
@Singleton
public class Targets {
  private final Resources resources;
  private final String issuer;

  public Targets(Resources resources, ServerSettings settings) {
    this.resources = resources;
    this.issuer = settings.issuer();
  }

  /**
   * The target of an access token.
   *
   * @param wanted identifiers asked for by {@code resource}; empty to go by the scopes
   * @throws OAuthException {@code invalid_target} for a resource that is unknown, or of which the
   *     client is registered for no scope (RFC 8707 §2)
   */
  public Target resolve(Client client, Scopes scopes, List<String> wanted) {
    List<String> audience = wanted.isEmpty() ? byScopes(scopes) : checked(client, wanted);
    List<ProtectedResource> targets =
        audience.stream().map(resources::byIdentifier).flatMap(Optional::stream).toList();
    int lifetime =
        targets.stream()
            .map(ProtectedResource::accessTokenLifetime)
            .filter(Objects::nonNull)
            .reduce(client.accessTokenLifetime(), Math::min);
    String alg =
        targets.stream()
            .map(ProtectedResource::accessTokenSignedResponseAlg)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(client.accessTokenSignedResponseAlg());
    Scopes meant = wanted.isEmpty() ? scopes : scopes.filter(scope -> isFor(audience, scope));
    return new Target(audience, meant, lifetime, SigningAlgorithm.of(alg).orElseThrow());
  }

  /** Refuses what {@link #resolve} would refuse. */
  public void check(Client client, List<String> wanted) {
    checked(client, wanted);
  }

  private List<String> byScopes(Scopes scopes) {
    var audience = new LinkedHashSet<String>();
    scopes
        .values()
        .forEach(
            scope -> resources.byScope(scope).ifPresent(owner -> audience.add(owner.identifier())));
    boolean own = scopes.values().stream().anyMatch(ServerScopes.DESCRIPTIONS::containsKey);
    if (own || audience.isEmpty()) {
      audience.add(issuer);
    }
    return List.copyOf(audience);
  }

  private List<String> checked(Client client, List<String> wanted) {
    for (String identifier : wanted) {
      if (!identifier.equals(issuer) && !isRegisteredFor(client, identifier)) {
        throw new OAuthException(
            ErrorCode.INVALID_TARGET,
            "A resource is unknown, or this client is not registered for its scopes");
      }
    }
    return new ArrayList<>(new LinkedHashSet<>(wanted));
  }

  private boolean isRegisteredFor(Client client, String identifier) {
    return resources
        .byIdentifier(identifier)
        .filter(resource ->
            resource.scopes().stream().anyMatch(scope -> client.scope().contains(scope.scope())))
        .isPresent();
  }

  private boolean isFor(List<String> audience, String scope) {
    if (ServerScopes.OF_A_LOGIN.contains(scope)) {
      return true;
    }
    String owner = resources.byScope(scope).map(ProtectedResource::identifier).orElse(issuer);
    return audience.contains(owner);
  }
}
