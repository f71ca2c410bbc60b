package dev.gatewright.token;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.client.Client;
import dev.gatewright.database.Transactions;
import dev.gatewright.grant.AccessGrant;
import dev.gatewright.grant.Grants;
import dev.gatewright.grant.IssuedTokens;
import dev.gatewright.grant.RefreshToken;
import dev.gatewright.grant.ScopePolicy;
import dev.gatewright.grant.Target;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.user.Users;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Refreshes (RFC 6749 §6): every refresh token works once and is answered with its successor; a
 * second use is taken for theft and revokes the token family (RFC 9700 §4.14.2).
 */
@Singleton
final class RefreshTokenHandler implements GrantHandler {
  private final Grants grants;
  private final ScopePolicy scopePolicy;
  private final Narrowing narrowing;
  private final TokenIssuer issuer;
  private final Users users;
  private final Transactions transactions;
  private final Clock clock;

  RefreshTokenHandler(
      Grants grants,
      ScopePolicy scopePolicy,
      Narrowing narrowing,
      TokenIssuer issuer,
      Users users,
      Transactions transactions,
      Clock clock) {
    this.grants = grants;
    this.scopePolicy = scopePolicy;
    this.narrowing = narrowing;
    this.issuer = issuer;
    this.users = users;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String grantType() {
    return GrantType.REFRESH_TOKEN;
  }

  @Override
  public IssuedTokens handle(Client client, TokenParameters parameters) {
    RefreshToken token =
        grants
            .refreshToken(TokenParameters.required(parameters.refreshToken(), "refresh_token"))
            .orElseThrow(() -> refused("unknown refresh token"));
    AccessGrant grant =
        grants
            .live(token.grantId())
            .orElseThrow(() -> refused("grant " + token.grantId() + " has ended"));
    if (!grant.clientId().equals(client.clientId())) {
      throw refused("the refresh token is of client " + grant.clientId());
    }
    if (token.redeemedAt() != null) {
      throw reused(grant);
    }
    if (!token.expiresAt().isAfter(clock.instant())) {
      throw refused("the refresh token has expired");
    }
    if (users.find(grant.userId()).isEmpty()) {
      throw refused("the user is gone");
    }
    Scopes scopes = scopePolicy.narrowed(client, grant.scopes(), parameters.scope());
    Target target =
        narrowing.target(
            client, grant.scopes(), grant.resourceList(), scopes, parameters.resources());
    Optional<String> successor = transactions.run(() -> grants.rotate(token));
    if (successor.isEmpty()) {
      throw reused(grant);
    }
    return issuer.forGrant(client, grant, target, successor.get(), null);
  }

  private OAuthException reused(AccessGrant grant) {
    grants.revoke(grant.id(), AuditEvent.refusal(Act.REFRESH_TOKEN_REUSED).of(grant.userId()));
    return refused("the refresh token was used before; its grant " + grant.id() + " is revoked");
  }

  private static OAuthException refused(String logged) {
    return new OAuthException(
        ErrorCode.INVALID_GRANT,
        "The refresh token is unknown, expired, revoked or already used",
        logged);
  }
}
