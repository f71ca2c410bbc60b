package dev.gatewright.client.auth;

import dev.gatewright.client.transport.Form;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The address that logs a browser out at the server (OpenID Connect RP-Initiated Logout §2). */
final class EndSession {

  private EndSession() {}

  static URI uri(
      URI endpoint,
      String clientId,
      @Nullable String idToken,
      @Nullable URI postLogoutRedirectUri,
      @Nullable String state) {
    return new Form()
        .add("id_token_hint", idToken)
        .add("client_id", clientId)
        .add(
            "post_logout_redirect_uri",
            postLogoutRedirectUri == null ? null : postLogoutRedirectUri.toString())
        .add("state", state)
        .appendTo(endpoint);
  }
}
