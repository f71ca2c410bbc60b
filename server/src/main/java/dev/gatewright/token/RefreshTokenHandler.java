package dev.gatewright.token;

import dev.gatewright.client.Client;
import dev.gatewright.grant.AccessGrant;
import dev.gatewright.grant.Grants;
import dev.gatewright.grant.IssuedTokens;
import dev.gatewright.grant.PresentedRefreshToken;
import dev.gatewright.grant.PresentedTokens;
import dev.gatewright.grant.RefreshToken;
import dev.gatewright.grant.Rotation;
import dev.gatewright.grant.ScopePolicy;
import dev.gatewright.grant.Target;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Scopes;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * Refreshes (RFC 6749 §6): every refresh token works once and is answered with its successor; a
 * second use is taken for theft and revokes the token family (RFC 9700 §4.14.2). Which use is the
 * second one, {@link Grants#rotate} decides.
 */
@Singleton
final class RefreshTokenHandler implements GrantHandler {
  private final PresentedTokens presentedTokens;
  private final Grants grants;
  private final ScopePolicy scopePolicy;
  private final Narrowing narrowing;
  private final TokenIssuer issuer;
  private final Clock clock;

  RefreshTokenHandler(
      PresentedTokens presentedTokens,
      Grants grants,
      ScopePolicy scopePolicy,
      Narrowing narrowing,
      TokenIssuer issuer,
      Clock clock) {
    this.presentedTokens = presentedTokens;
    this.grants = grants;
    this.scopePolicy = scopePolicy;
    this.narrowing = narrowing;
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public String grantType() {
    return GrantType.REFRESH_TOKEN;
  }

  @Override
  public IssuedTokens handle(Client client, TokenParameters parameters) {
    String token = TokenParameters.required(parameters.refreshToken(), "refresh_token");
    PresentedRefreshToken presented =
        presentedTokens
            .refreshToken(token)
            .orElseThrow(() -> refused("unknown refresh token, or its user is gone"));
    RefreshToken stored = presented.token();
    AccessGrant grant = presented.grant();
    if (!grant.isLive(clock.instant())) {
      throw refused("grant " + grant.id() + " has ended");
    }
    if (!grant.clientId().equals(client.clientId())) {
      throw refused("the refresh token is of client " + grant.clientId());
    }
    if (grants.isSpent(stored)) {
      throw refused(grant, grants.rotate(token, stored, grant, client));
    }
    if (stored.redeemedAt() == null && !stored.isLive(clock.instant())) {
      throw refused("the refresh token has expired");
    }
    Scopes scopes =
        scopePolicy.grantable(
            presented.user(), scopePolicy.narrowed(client, grant.scopes(), parameters.scope()));
    Target target =
        narrowing.target(
            client, grant.scopes(), grant.resourceList(), scopes, parameters.resources());
    Rotation rotation = grants.rotate(token, stored, grant, client);
    if (rotation.successor() == null) {
      throw refused(grant, rotation);
    }
    return issuer.forGrant(client, grant, target, rotation.successor(), null);
  }

  private static OAuthException refused(AccessGrant grant, Rotation rotation) {
    return refused(
        rotation.outcome() == Rotation.Outcome.REUSED
            ? "the refresh token was used before; its grant " + grant.id() + " is revoked"
            : "the refresh token has expired");
  }

  private static OAuthException refused(String logged) {
    return new OAuthException(
        ErrorCode.INVALID_GRANT,
        "The refresh token is unknown, expired, revoked or already used",
        logged);
  }
}
