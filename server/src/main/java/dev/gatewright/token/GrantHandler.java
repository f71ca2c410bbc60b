package dev.gatewright.token;

import dev.gatewright.client.Client;
import dev.gatewright.grant.IssuedTokens;
import dev.gatewright.oauth.OAuthException;

/**
 * Serves one grant type at the token endpoint. The client is authenticated, and registered for the
 * grant type.
 */
interface GrantHandler {
  /** The value of {@code grant_type}. */
  String grantType();

  /**
   * Checks what is the grant type's own, and issues.
   *
   * @throws OAuthException as RFC 6749 §5.2 says
   */
  IssuedTokens handle(Client client, TokenParameters parameters);
}
