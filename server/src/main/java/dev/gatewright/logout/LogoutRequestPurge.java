package dev.gatewright.logout;

import dev.gatewright.database.purge.ExpiredRows;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Logout requests that nobody came back to. */
@Factory
final class LogoutRequestPurge {
  @Singleton
  ExpiredRows logoutRequests(LogoutRequestRepository requests) {
    return new ExpiredRows("logout_request", requests::deleteExpired);
  }
}
