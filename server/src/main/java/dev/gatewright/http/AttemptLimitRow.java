package dev.gatewright.http;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * What a key of a limit has left.
 *
 * @param keyHash SHA-256 of the limit's name and the key
 * @param fullAt when all attempts are there again, in milliseconds since 1970
 */
@MappedEntity("attempt_limit")
record AttemptLimitRow(@Id byte[] keyHash, long fullAt) {}
