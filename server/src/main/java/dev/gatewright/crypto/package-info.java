/**
 * Randomness, hashes, encryption at rest, and password hashing. Knows nothing of what it protects;
 * signing and keys that sign are in {@code key}.
 */
@NullMarked
package dev.gatewright.crypto;

import org.jspecify.annotations.NullMarked;
