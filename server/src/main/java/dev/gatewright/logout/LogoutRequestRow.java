package dev.gatewright.logout;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A logout request that waits, as stored; the ID token that came with it is not.
 *
 * @param handleHash SHA-256 of its name
 */
@MappedEntity("logout_request")
record LogoutRequestRow(
    @Id byte[] handleHash,
    @Nullable String clientId,
    boolean proven,
    @Nullable String sid,
    @Nullable String postLogoutRedirectUri,
    @Nullable String state,
    Instant createdAt,
    Instant expiresAt) {}
