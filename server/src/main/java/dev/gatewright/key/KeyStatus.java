package dev.gatewright.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What administrators may know of a signing key.
 *
 * @param createdAt when it was made and put into the JWK set
 * @param signsFrom when it begins to sign
 * @param supersededAt when its successor begins to sign; null while it has none
 * @param leavesAt when it leaves the JWK set; null while it has no successor
 */
public record KeyStatus(
    String kid,
    SigningAlgorithm algorithm,
    KeyState state,
    Instant createdAt,
    Instant signsFrom,
    @Nullable Instant supersededAt,
    @Nullable Instant leavesAt) {}
