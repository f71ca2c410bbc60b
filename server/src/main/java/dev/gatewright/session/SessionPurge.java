package dev.gatewright.session;

import dev.gatewright.database.purge.ExpiredRows;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Sessions and waiting authorization requests that have expired. */
@Factory
final class SessionPurge {
  @Singleton
  ExpiredRows browserSessions(BrowserSessionRepository sessions) {
    return new ExpiredRows("browser_session", sessions::deleteExpired);
  }

  @Singleton
  ExpiredRows authorizationRequests(PendingRequestRepository requests) {
    return new ExpiredRows("authorization_request", requests::deleteExpired);
  }
}
