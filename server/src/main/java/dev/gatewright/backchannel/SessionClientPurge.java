package dev.gatewright.backchannel;

import dev.gatewright.database.Chunks;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Forgets the clients of sessions that ended by time. */
@Singleton
class SessionClientPurge {
  private final SessionClientRepository clients;
  private final Chunks chunks;
  private final Clock clock;

  SessionClientPurge(SessionClientRepository clients, Chunks chunks, Clock clock) {
    this.clients = clients;
    this.chunks = chunks;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Instant now = clock.instant();
    chunks.delete(() -> clients.deleteExpired(now));
  }
}
