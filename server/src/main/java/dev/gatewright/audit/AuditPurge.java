package dev.gatewright.audit;

import dev.gatewright.database.purge.ExpiredRows;
import dev.gatewright.settings.AuditSettings;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Acts that are older than they are to be kept. */
@Factory
final class AuditPurge {
  @Singleton
  ExpiredRows auditEvents(AuditRepository acts, AuditSettings settings) {
    return new ExpiredRows("audit_event", settings.retention(), acts::deleteOlder);
  }
}
