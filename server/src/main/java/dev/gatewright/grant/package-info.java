/**
 * What a user has granted a client: consents, grants, token families; issuing tokens and revoking
 * them; what a client knows a user as, and which claims it is told. Nothing above this floor does
 * either by itself.
 *
 * <p>Access tokens are not stored. Each names its grant ({@code grant_id}), and the grant's row
 * says whether it still holds. A token of a client for itself has no grant; it ends by time, by its
 * {@code jti}, or with its client.
 */
@NullMarked
package dev.gatewright.grant;

import org.jspecify.annotations.NullMarked;
