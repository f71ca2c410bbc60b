package dev.gatewright.audit;

import dev.gatewright.database.Chunks;
import dev.gatewright.settings.AuditSettings;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Deletes rows that are older than they are to be kept. */
@Singleton
class AuditPurge {
  private final AuditRepository repository;
  private final Chunks chunks;
  private final AuditSettings settings;
  private final Clock clock;

  AuditPurge(AuditRepository repository, Chunks chunks, AuditSettings settings, Clock clock) {
    this.repository = repository;
    this.chunks = chunks;
    this.settings = settings;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "1h", initialDelay = "2m")
  void run() {
    Instant before = clock.instant().minus(settings.retention());
    chunks.delete(() -> repository.deleteOlder(before));
  }
}
