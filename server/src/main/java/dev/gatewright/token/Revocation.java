package dev.gatewright.token;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.bearer.AccessToken;
import dev.gatewright.bearer.AccessTokens;
import dev.gatewright.bearer.InvalidTokenException;
import dev.gatewright.client.Client;
import dev.gatewright.grant.Grants;
import jakarta.inject.Singleton;

/**
 * Ends tokens (RFC 7009 §2.1): a refresh token with its whole grant, an access token by itself. The
 * token of another client stays as it is.
 */
@Singleton
final class Revocation {
  private final Grants grants;
  private final AccessTokens accessTokens;

  Revocation(Grants grants, AccessTokens accessTokens) {
    this.grants = grants;
    this.accessTokens = accessTokens;
  }

  void revoke(Client client, String token) {
    boolean isRefreshToken =
        grants
            .refreshToken(token)
            .flatMap(stored -> grants.live(stored.grantId()))
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
