package dev.gatewright.grant;

import dev.gatewright.database.purge.ExpiredRows;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/**
 * Grants, refresh tokens and revocations that no live token can name any more. A redeemed refresh
 * token stays as long as its family could, so that its second use is still known for one.
 */
@Factory
final class GrantPurge {
  @Singleton
  ExpiredRows refreshTokens(RefreshTokenRepository tokens) {
    return new ExpiredRows("refresh_token", tokens::deleteExpired);
  }

  @Singleton
  ExpiredRows grants(AccessGrantRepository grants) {
    return new ExpiredRows("access_grant", grants::deleteExpired);
  }

  @Singleton
  ExpiredRows revokedTokens(RevokedTokenRepository tokens) {
    return new ExpiredRows("revoked_token", tokens::deleteExpired);
  }
}
