package dev.gatewright.key;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A signing key as stored: the private half sealed under the master key. */
@MappedEntity("signing_key")
record SigningKeyRow(
    @Id String kid,
    String alg,
    int generation,
    String publicJwk,
    byte[] privateJwk,
    Instant createdAt) {}
