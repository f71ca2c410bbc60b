package dev.gatewright.backchannel;

import dev.gatewright.database.purge.ExpiredRows;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The clients of sessions that ended by time. */
@Factory
final class SessionClientPurge {
  @Singleton
  ExpiredRows sessionClients(SessionClientRepository clients) {
    return new ExpiredRows("session_client", clients::deleteExpired);
  }
}
