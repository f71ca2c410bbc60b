/**
 * The token endpoint (one {@link dev.gatewright.token.GrantHandler} per grant type), introspection
 * and revocation. Issuing and revoking themselves are in {@code grant}.
 */
@NullMarked
package dev.gatewright.token;

import org.jspecify.annotations.NullMarked;
