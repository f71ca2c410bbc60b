package dev.gatewright.client.authentication;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * A client assertion that was used, kept until it would be refused anyway.
 *
 * @param jtiHash SHA-256 of its {@code jti}; the key together with the client
 */
@MappedEntity("client_assertion")
record UsedAssertion(@Id byte[] jtiHash, String clientId, Instant expiresAt) {}
