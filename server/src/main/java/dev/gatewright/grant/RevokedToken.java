package dev.gatewright.grant;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** An access token that was revoked by itself, kept until it would have expired. */
@MappedEntity("revoked_token")
record RevokedToken(@Id @BinaryUuid UUID jti, Instant expiresAt) {}
