/**
 * Registered clients (RFC 6749 §2): their registration and its rules, their authentication, and the
 * comparison of redirect URIs.
 *
 * <p>Which scopes and protected resources exist is asked of the caller, see {@link
 * dev.gatewright.client.Registrable}; what users granted a client is in {@code grant}.
 */
@NullMarked
package dev.gatewright.client;

import org.jspecify.annotations.NullMarked;
