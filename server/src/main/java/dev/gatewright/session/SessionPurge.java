package dev.gatewright.session;

import dev.gatewright.database.Chunks;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Deletes sessions and waiting authorization requests that have expired. */
@Singleton
class SessionPurge {
  private final BrowserSessionRepository sessions;
  private final PendingRequestRepository requests;
  private final Chunks chunks;
  private final Clock clock;

  SessionPurge(
      BrowserSessionRepository sessions,
      PendingRequestRepository requests,
      Chunks chunks,
      Clock clock) {
    this.sessions = sessions;
    this.requests = requests;
    this.chunks = chunks;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Instant now = clock.instant();
    chunks.delete(() -> sessions.deleteExpired(now));
    chunks.delete(() -> requests.deleteExpired(now));
  }
}
