package dev.gatewright.key;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * A signing key as stored.
 *
 * @param generation 1, 2, 3 … per algorithm
 * @param privateJwk the JWK sealed under the master key; without its private half once the key no
 *     longer signs
 * @param signsFrom when it begins to sign, and its predecessor ends
 */
@MappedEntity("signing_key")
record SigningKeyRow(
    @Id String kid,
    String alg,
    int generation,
    String publicJwk,
    byte[] privateJwk,
    Instant createdAt,
    Instant signsFrom) {}
