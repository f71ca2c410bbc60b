package dev.gatewright.client;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * The registration access token of a client that registered itself, as stored.
 *
 * @param tokenHash its SHA-256
 */
@MappedEntity("registration_access_token")
record RegistrationTokenRow(@Id String clientId, byte[] tokenHash, Instant createdAt) {}
