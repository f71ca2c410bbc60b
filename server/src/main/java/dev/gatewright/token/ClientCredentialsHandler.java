package dev.gatewright.token;

import dev.gatewright.client.Client;
import dev.gatewright.grant.IssuedTokens;
import dev.gatewright.grant.ScopePolicy;
import dev.gatewright.grant.Targets;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.OAuthException;
import jakarta.inject.Singleton;

/** Issues an access token to a confidential client for itself (RFC 6749 §4.4). */
@Singleton
final class ClientCredentialsHandler implements GrantHandler {
  private final ScopePolicy scopePolicy;
  private final Targets targets;
  private final TokenIssuer issuer;

  ClientCredentialsHandler(ScopePolicy scopePolicy, Targets targets, TokenIssuer issuer) {
    this.scopePolicy = scopePolicy;
    this.targets = targets;
    this.issuer = issuer;
  }

  @Override
  public String grantType() {
    return GrantType.CLIENT_CREDENTIALS;
  }

  @Override
  public IssuedTokens handle(Client client, TokenParameters parameters) {
    if (client.isPublic()) {
      throw new OAuthException(
          ErrorCode.UNAUTHORIZED_CLIENT, "A public client cannot act for itself");
    }
    return issuer.forClient(
        client,
        targets.resolve(
            client, scopePolicy.forItself(client, parameters.scope()), parameters.resources()));
  }
}
