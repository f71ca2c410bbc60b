package dev.gatewright.logout;

import dev.gatewright.database.Chunks;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Deletes logout requests that nobody came back to. */
@Singleton
class LogoutRequestPurge {
  private final LogoutRequestRepository requests;
  private final Chunks chunks;
  private final Clock clock;

  LogoutRequestPurge(LogoutRequestRepository requests, Chunks chunks, Clock clock) {
    this.requests = requests;
    this.chunks = chunks;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Instant now = clock.instant();
    chunks.delete(() -> requests.deleteExpired(now));
  }
}
