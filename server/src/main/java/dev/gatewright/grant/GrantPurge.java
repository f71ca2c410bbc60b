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
  private final Chunks chunks;
  private final Clock clock;

  GrantPurge(
      AccessGrantRepository grants,
      RefreshTokenRepository refreshTokens,
      RevokedTokenRepository revokedTokens,
      Chunks chunks,
      Clock clock) {
    this.grants = grants;
    this.refreshTokens = refreshTokens;
    this.revokedTokens = revokedTokens;
    this.chunks = chunks;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Instant now = clock.instant();
    chunks.delete(() -> refreshTokens.deleteExpired(now));
    chunks.delete(() -> grants.deleteExpired(now));
    chunks.delete(() -> revokedTokens.deleteExpired(now));
  }
}
