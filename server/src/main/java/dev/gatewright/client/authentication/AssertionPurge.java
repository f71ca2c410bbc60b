package dev.gatewright.client.authentication;

import dev.gatewright.database.Chunks;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Forgets used assertions once they have expired. */
@Singleton
class AssertionPurge {
  private final UsedAssertionRepository assertions;
  private final Chunks chunks;
  private final Clock clock;

  AssertionPurge(UsedAssertionRepository assertions, Chunks chunks, Clock clock) {
    this.assertions = assertions;
    this.chunks = chunks;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Instant now = clock.instant();
    chunks.delete(() -> assertions.deleteExpired(now));
  }
}
