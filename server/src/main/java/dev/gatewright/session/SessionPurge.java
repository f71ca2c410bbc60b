package dev.gatewright.session;

import dev.gatewright.database.Chunks;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Deletes sessions and waiting authorization requests that have expired. */
@Singleton
class SessionPurge {
  private final BrowserSessionRepository sessions;
  private final PendingRequestRepository requests;
  private final Clock clock;

  SessionPurge(BrowserSessionRepository sessions, PendingRequestRepository requests, Clock clock) {
    this.sessions = sessions;
    this.requests = requests;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Chunks.delete(() -> sessions.findExpired(clock.instant()), sessions::deleteAll);
    Chunks.delete(() -> requests.findExpired(clock.instant()), requests::deleteAll);
  }
}
