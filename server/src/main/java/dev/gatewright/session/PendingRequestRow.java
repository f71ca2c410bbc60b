package dev.gatewright.session;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that waits, as stored.
 *
 * @param handleHash SHA-256 of the handle in its {@code request_uri}
 * @param parameters the parameters, form-encoded
 * @param selectedBy the user who chose to go on with this account while it waited
 * @param consentedBy the user who consented while it waited
 * @param denied whether the user refused instead
 */
@MappedEntity("authorization_request")
record PendingRequestRow(
    @Id byte[] handleHash,
    String clientId,
    String parameters,
    @Nullable @BinaryUuid UUID selectedBy,
    @Nullable @BinaryUuid UUID consentedBy,
    boolean denied,
    Instant createdAt,
    Instant expiresAt) {}
