/**
 * The authorization endpoint (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2): a dispatcher that every
 * browser step returns to, the ordered checks of an authorization request, and authorization codes.
 */
@NullMarked
package dev.gatewright.authorize;

import org.jspecify.annotations.NullMarked;
