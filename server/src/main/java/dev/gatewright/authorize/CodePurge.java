package dev.gatewright.authorize;

import dev.gatewright.database.Chunks;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes old authorization codes; a redeemed one is kept for a day, so that its second use is
 * still known for one.
 */
@Singleton
class CodePurge {
  private static final Duration KEPT = Duration.ofDays(1);

  private final AuthorizationCodeRepository codes;
  private final Chunks chunks;
  private final Clock clock;

  CodePurge(AuthorizationCodeRepository codes, Chunks chunks, Clock clock) {
    this.codes = codes;
    this.chunks = chunks;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Instant before = clock.instant().minus(KEPT);
    chunks.delete(() -> codes.deleteExpired(before));
  }
}
