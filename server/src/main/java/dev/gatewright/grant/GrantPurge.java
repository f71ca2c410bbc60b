package dev.gatewright.grant;

import dev.gatewright.database.Chunks;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/**
 * Deletes grants, refresh tokens and revocations that no live token can name any more. A redeemed
 * refresh token stays as long as its family could, so that its second use is still known for one.
 */
@Singleton
class GrantPurge {
  private final AccessGrantRepository grants;
  private final RefreshTokenRepository refreshTokens;
  private final RevokedTokenRepository revokedTokens;
  private final Clock clock;

  GrantPurge(
      AccessGrantRepository grants,
      RefreshTokenRepository refreshTokens,
      RevokedTokenRepository revokedTokens,
      Clock clock) {
    this.grants = grants;
    this.refreshTokens = refreshTokens;
    this.revokedTokens = revokedTokens;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Instant now = clock.instant();
    Chunks.delete(() -> refreshTokens.findExpired(now), refreshTokens::deleteAll);
    Chunks.delete(() -> grants.findExpired(now), grants::deleteAll);
    Chunks.delete(() -> revokedTokens.findExpired(now), revokedTokens::deleteAll);
  }
}
