package dev.gatewright.logout;

import dev.gatewright.client.Client;
import dev.gatewright.http.Redirects;
import dev.gatewright.session.BrowserSession;
import org.jspecify.annotations.Nullable;

/**
 * A logout request that passed every check (OpenID Connect RP-Initiated Logout §2).
 *
 * @param client the client that asks; null when nobody is named
 * @param proven whether an ID token proves it, or the client is merely named
 * @param sid the session of the ID token; null when it has none
 * @param postLogoutRedirectUri one that the client has registered; null when the browser is to stay
 * @param state to be sent back with it
 */
record LogoutRequest(
    @Nullable Client client,
    boolean proven,
    @Nullable String sid,
    @Nullable String postLogoutRedirectUri,
    @Nullable String state) {

  /** Of a person who came to the page without any client. */
  static final LogoutRequest NONE = new LogoutRequest(null, false, null, null, null);

  /** Whether the ID token was issued in this very session, and so to its user. */
  boolean isOf(BrowserSession session) {
    return session.sid().toString().equals(sid);
  }

  @Nullable String clientName() {
    return client == null ? null : client.clientName();
  }

  /** Where the browser goes after the logout, with {@code state} (§3); null when it stays. */
  @Nullable String returnUri() {
    return postLogoutRedirectUri == null || state == null
        ? postLogoutRedirectUri
        : Redirects.append(postLogoutRedirectUri, "state", state);
  }
}
