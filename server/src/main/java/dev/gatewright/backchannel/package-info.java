/**
 * Telling clients that a browser session has ended (OpenID Connect Back-Channel Logout): which of
 * them took part in a session, the logout tokens, and delivering those until they arrive. Who ends
 * a session calls {@link dev.gatewright.backchannel.LogoutNotices} in the same transaction.
 */
@NullMarked
package dev.gatewright.backchannel;

import org.jspecify.annotations.NullMarked;
