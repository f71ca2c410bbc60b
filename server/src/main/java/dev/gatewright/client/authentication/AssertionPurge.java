package dev.gatewright.client.authentication;

import dev.gatewright.database.purge.ExpiredRows;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Assertions that were used, once they have expired. */
@Factory
final class AssertionPurge {
  @Singleton
  ExpiredRows clientAssertions(UsedAssertionRepository assertions) {
    return new ExpiredRows("client_assertion", assertions::deleteExpired);
  }
}
