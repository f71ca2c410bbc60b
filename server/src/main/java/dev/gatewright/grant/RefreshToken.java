package dev.gatewright.grant;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token as stored; the token itself is not.
 *
 * @param tokenHash its SHA-256
 * @param grantId its token family
 * @param redeemedAt when it was exchanged for its successor
 */
@MappedEntity("refresh_token")
public record RefreshToken(
    @Id byte[] tokenHash,
    @BinaryUuid UUID grantId,
    @Nullable Instant redeemedAt,
    Instant createdAt,
    Instant expiresAt) {}
