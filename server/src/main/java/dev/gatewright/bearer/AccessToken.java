package dev.gatewright.bearer;

import dev.gatewright.audit.Actor;
import dev.gatewright.oauth.Scopes;
import io.micronaut.security.authentication.Authentication;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verified access token (RFC 9068 §2.2), as the caller of an operation.
 *
 * @param userId the user it stands for; null for a client that acts for itself
 * @param grantId the grant it names; null for a client that acts for itself
 */
public record AccessToken(
    @Nullable UUID userId,
    String clientId,
    Scopes scopes,
    List<String> audience,
    @Nullable UUID grantId,
    UUID jti,
    Instant issuedAt,
    Instant expiresAt)
    implements Authentication {

  /** The verified access token of the request that this authentication came with. */
  public static Optional<AccessToken> of(@Nullable Authentication authentication) {
    return authentication instanceof AccessToken token ? Optional.of(token) : Optional.empty();
  }

  /** Who acts by it. */
  Actor actor() {
    return userId == null ? Actor.client(clientId) : Actor.user(userId, clientId);
  }

  /** {@code sub}: the user's id, or the {@code client_id}. */
  @Override
  public String getName() {
    return userId == null ? clientId : userId.toString();
  }

  @Override
  public Collection<String> getRoles() {
    return scopes.values();
  }

  @Override
  public Map<String, Object> getAttributes() {
    return Map.of("client_id", clientId, "jti", jti.toString());
  }
}
