/**
 * The vocabulary of OAuth 2.1 and OpenID Connect: error codes, grant types, scopes, PKCE.
 *
 * <p>Depends on nothing of this server. What a term does is elsewhere.
 */
@NullMarked
package dev.gatewright.oauth;

import org.jspecify.annotations.NullMarked;
