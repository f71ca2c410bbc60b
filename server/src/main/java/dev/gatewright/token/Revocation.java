package dev.gatewright.token;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.bearer.AccessToken;
import dev.gatewright.bearer.AccessTokens;
import dev.gatewright.bearer.InvalidTokenException;
import dev.gatewright.client.Client;
import dev.gatewright.grant.Grants;
import dev.gatewright.grant.PresentedRefreshToken;
import dev.gatewright.grant.PresentedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * Ends tokens (RFC 7009 §2.1): a refresh token with its whole grant, an access token by itself. The
 * token of another client stays as it is.
 */
@Singleton
final class Revocation {
  private final Grants grants;
  private final PresentedTokens presentedTokens;
  private final AccessTokens accessTokens;
  private final Clock clock;

  Revocation(
      Grants grants, PresentedTokens presentedTokens, AccessTokens accessTokens, Clock clock) {
    this.grants = grants;
    this.presentedTokens = presentedTokens;
    this.accessTokens = accessTokens;
    this.clock = clock;
  }

  void revoke(Client client, String token) {
    boolean isRefreshToken =
        presentedTokens
            .refreshToken(token)
            .map(PresentedRefreshToken::grant)
            .filter(grant -> grant.isLive(clock.instant()))
            .filter(grant -> grant.clientId().equals(client.clientId()))
            .map(grant -> {
              grants.revoke(grant.id(), AuditEvent.success(Act.GRANT_REVOKED).of(grant.userId()));
              return true;
            })
            .orElse(false);
    if (!isRefreshToken) {
      revokeAccessToken(client, token);
    }
  }

  private void revokeAccessToken(Client client, String token) {
    try {
      AccessToken verified = accessTokens.verify(token);
      if (verified.clientId().equals(client.clientId())) {
        AuditEvent revoked = AuditEvent.success(Act.TOKEN_REVOKED);
        grants.revokeToken(
            verified.jti(),
            verified.expiresAt(),
            verified.userId() == null ? revoked : revoked.of(verified.userId()));
      }
    } catch (InvalidTokenException e) {
      // RFC 7009 §2.2: nothing to end is no error
    }
  }
}
