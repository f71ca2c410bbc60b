/**
 * Getting tokens, keeping them fresh and checking them: the hand-written layer over the generated
 * client.
 *
 * <p>{@link dev.gatewright.client.auth.OAuth2Session} is where a caller starts. It owns discovery,
 * the authorization request with its state, nonce and PKCE, the exchange, the validation of ID
 * tokens, refresh and revocation. It leaves to the caller where tokens are kept ({@link
 * dev.gatewright.client.auth.TokenStore}) and how the browser is opened. {@link
 * dev.gatewright.client.auth.AccessTokenVerifier} is for the other side, an API that is called with
 * our tokens.
 *
 * <p>Everything that goes wrong is a {@link dev.gatewright.client.auth.GatewrightException},
 * sealed, and no message or {@code toString()} here ever shows a token, a code, a code verifier, a
 * client secret or a password.
 */
@NullMarked
package dev.gatewright.client.auth;

import org.jspecify.annotations.NullMarked;
