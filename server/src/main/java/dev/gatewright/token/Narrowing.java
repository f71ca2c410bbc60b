package dev.gatewright.token;

import dev.gatewright.client.Client;
import dev.gatewright.grant.Target;
import dev.gatewright.grant.Targets;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Scopes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * What a token request asks for within a grant: some of its protected resources (RFC 8707 §2.2).
 */
@Singleton
final class Narrowing {
  private final Targets targets;

  Narrowing(Targets targets) {
    this.targets = targets;
  }

  /**
   * The target of the access token.
   *
   * @param granted scopes of the grant
   * @param grantedResources protected resources of the grant; empty when it goes by its scopes
   * @param scopes those of the granted scopes that are asked for now
   * @param resources protected resources asked for now; empty for those of the grant
   * @throws OAuthException {@code invalid_target} for a resource outside the grant
   */
  Target target(
      Client client,
      Scopes granted,
      List<String> grantedResources,
      Scopes scopes,
      List<String> resources) {
    if (!resources.isEmpty()) {
      List<String> within =
          grantedResources.isEmpty()
              ? targets.resolve(client, granted, List.of()).audience()
              : grantedResources;
      if (!within.containsAll(resources)) {
        throw new OAuthException(ErrorCode.INVALID_TARGET, "A resource was not granted");
      }
    }
    return targets.resolve(client, scopes, resources.isEmpty() ? grantedResources : resources);
  }
}
