package dev.gatewright.http;

import dev.gatewright.database.purge.ExpiredRows;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Rows of keys that have all of their attempts again. */
@Factory
final class AttemptLimitPurge {
  @Singleton
  ExpiredRows attemptLimits(AttemptLimitRepository rows) {
    return new ExpiredRows(
        "attempt_limit", (now, most) -> rows.deleteFull(now.toEpochMilli(), most));
  }
}
