package dev.gatewright.registration;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * An initial access token (RFC 7591 §1.2) as stored; the token itself is not.
 *
 * @param tokenHash its SHA-256
 * @param name whom it was handed to
 * @param usesLeft how many clients may still register with it
 */
@MappedEntity("initial_access_token")
public record InitialAccessToken(
    @Id @BinaryUuid UUID id,
    byte[] tokenHash,
    String name,
    int usesLeft,
    Instant createdAt,
    Instant expiresAt) {}
