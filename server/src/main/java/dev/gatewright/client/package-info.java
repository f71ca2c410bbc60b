/**
 * Registered clients (RFC 6749 §2): their registration and its rules, and the comparison of
 * redirect URIs. How they authenticate is in {@code client.authentication}, what they sign in
 * {@code client.jwt}.
 *
 * <p>Which scopes and protected resources exist is asked of the caller, see {@link
 * dev.gatewright.client.Registrable}; what users granted a client is in {@code grant}.
 */
@NullMarked
package dev.gatewright.client;

import org.jspecify.annotations.NullMarked;
