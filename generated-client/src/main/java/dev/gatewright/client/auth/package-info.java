/**
 * Getting tokens, keeping them fresh and checking them.
 *
 * <p>{@link dev.gatewright.client.auth.OAuth2Session} owns the ways to log in, the validation of ID
 * tokens, refresh, revocation and logout. It leaves to the caller where tokens are kept ({@link
 * dev.gatewright.client.auth.TokenStore}). {@link dev.gatewright.client.auth.AccessTokenVerifier}
 * is for the other side, an API that is called with our tokens. Both come from {@link
 * dev.gatewright.client.Gatewright}.
 *
 * <p>No {@code toString()} here ever shows a token, a code, a code verifier, a client secret or a
 * password.
 */
@NullMarked
package dev.gatewright.client.auth;

import org.jspecify.annotations.NullMarked;
