/**
 * Signing keys: made, kept encrypted, published as a JWK set, used to sign and to verify, and
 * rotated. What a key does at a time is in {@link dev.gatewright.key.KeyRing}, and changes of the
 * keys are in {@link dev.gatewright.key.KeyRotation}. JOSE by nimbus.
 */
@NullMarked
package dev.gatewright.key;

import org.jspecify.annotations.NullMarked;
