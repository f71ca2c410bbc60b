package dev.gatewright.authorize;

import dev.gatewright.database.purge.ExpiredRows;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Old authorization codes; a redeemed one is kept, so that its second use is still known for one.
 */
@Factory
final class CodePurge {
  private static final Duration KEPT = Duration.ofDays(1);

  @Singleton
  ExpiredRows authorizationCodes(AuthorizationCodeRepository codes) {
    return new ExpiredRows("authorization_code", KEPT, codes::deleteExpired);
  }
}
