package dev.gatewright.authorize;

import dev.gatewright.database.Chunks;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * Deletes old authorization codes; a redeemed one is kept for a day, so that its second use is
 * still known for one.
 */
@Singleton
class CodePurge {
  private static final Duration KEPT = Duration.ofDays(1);

  private final AuthorizationCodeRepository codes;
  private final Clock clock;

  CodePurge(AuthorizationCodeRepository codes, Clock clock) {
    this.codes = codes;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Chunks.delete(() -> codes.findExpired(clock.instant().minus(KEPT)), codes::deleteAll);
  }
}
