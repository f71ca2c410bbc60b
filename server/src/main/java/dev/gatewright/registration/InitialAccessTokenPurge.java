package dev.gatewright.registration;

import dev.gatewright.database.purge.ExpiredRows;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Initial access tokens that nobody can register with any more. */
@Factory
final class InitialAccessTokenPurge {
  @Singleton
  ExpiredRows initialAccessTokens(InitialAccessTokenRepository tokens) {
    return new ExpiredRows("initial_access_token", tokens::deleteExpired);
  }
}
