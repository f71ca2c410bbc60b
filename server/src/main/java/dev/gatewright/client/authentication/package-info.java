/**
 * Client authentication (RFC 6749 §2.3): by a secret, or by an assertion that the client signs (RFC
 * 7523).
 */
@NullMarked
package dev.gatewright.client.authentication;

import org.jspecify.annotations.NullMarked;
