/**
 * Clients that register themselves (RFC 7591, OpenID Connect Dynamic Registration) and look after
 * their registration (RFC 7592): who is let in, what such a client may be, and how it is answered.
 *
 * <p>What a client is, and the rules that every client keeps to, are in {@code client}.
 */
@NullMarked
package dev.gatewright.registration;

import org.jspecify.annotations.NullMarked;
