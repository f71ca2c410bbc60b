/**
 * Signing keys: made, kept encrypted, published as a JWK set, and used to sign and to verify. JOSE
 * by nimbus.
 */
@NullMarked
package dev.gatewright.key;

import org.jspecify.annotations.NullMarked;
