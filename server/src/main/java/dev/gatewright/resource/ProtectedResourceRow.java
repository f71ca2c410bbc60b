package dev.gatewright.resource;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code protected_resource}: a {@link ProtectedResource} without its scopes. */
@MappedEntity("protected_resource")
record ProtectedResourceRow(
    @Id @BinaryUuid UUID id,
    String identifier,
    String name,
    @Nullable Integer accessTokenLifetime,
    @Nullable String accessTokenSignedResponseAlg,
    @Version int version,
    Instant createdAt,
    Instant updatedAt) {}
