package dev.gatewright.bearer;

import dev.gatewright.audit.Actor;
import dev.gatewright.grant.AccessGrant;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.user.User;
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
 * @param subject {@code sub}: what its client knows the user as, or the {@code client_id}
 * @param grant the grant it names; null for a client that acts for itself
 * @param user who gave the grant, as at the moment of verification; null without a grant
 */
public record AccessToken(
    String subject,
    String clientId,
    Scopes scopes,
    List<String> audience,
    @Nullable AccessGrant grant,
    @Nullable User user,
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
    @Nullable UUID userId = userId();
    return userId == null ? Actor.client(clientId) : Actor.user(userId, clientId);
  }

  /** The user it stands for; null for a client that acts for itself. */
  public @Nullable UUID userId() {
    return grant == null ? null : grant.userId();
  }

  /** The id of its grant; null for a client that acts for itself. */
  public @Nullable UUID grantId() {
    return grant == null ? null : grant.id();
  }

  @Override
  public String getName() {
    return subject;
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
