package dev.gatewright.resource;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API that accepts access tokens of this server.
 *
 * @param identifier an absolute URI without fragment: {@code aud} of its access tokens (RFC 8707
 *     §2)
 * @param name for people
 * @param accessTokenLifetime seconds, when it is to be shorter than the client's; null: the
 *     client's
 * @param accessTokenSignedResponseAlg the JWS algorithm of its access tokens; null: the client's
 * @param version counts changes
 */
public record ProtectedResource(
    UUID id,
    String identifier,
    String name,
    List<ResourceScope> scopes,
    @Nullable Integer accessTokenLifetime,
    @Nullable String accessTokenSignedResponseAlg,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  static ProtectedResource of(ProtectedResourceRow row, List<ProtectedResourceScopeRow> scopes) {
    return new ProtectedResource(
        row.id(),
        row.identifier(),
        row.name(),
        scopes.stream()
            .map(scope -> new ResourceScope(scope.scope(), scope.description()))
            .toList(),
        row.accessTokenLifetime(),
        row.accessTokenSignedResponseAlg(),
        row.version(),
        row.createdAt(),
        row.updatedAt());
  }
}
