package dev.gatewright.backchannel;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client that got an ID token in a browser session, and is to be told when the session ends.
 *
 * @param subject the {@code sub} of the client's ID tokens, which can be another for each client
 * @param dueAt when to try next; null while the session lasts
 * @param attempts how often it was tried
 * @param claim of the node that tries at this moment; lapses at {@code dueAt}
 * @param expiresAt while the session lasts, when it ends by itself; then, when to give up
 */
@MappedEntity("session_client")
record SessionClient(
    @Id @BinaryUuid UUID id,
    @BinaryUuid UUID sid,
    String clientId,
    @BinaryUuid UUID userId,
    String subject,
    @Nullable Instant dueAt,
    int attempts,
    @Nullable @BinaryUuid UUID claim,
    Instant createdAt,
    Instant expiresAt) {}
