package dev.gatewright.device;

import dev.gatewright.database.purge.ExpiredRows;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Devices whose codes have expired; a redeemed one is kept, so that its second use is still known
 * for one.
 */
@Factory
final class DevicePurge {
  private static final Duration KEPT = Duration.ofDays(1);

  @Singleton
  ExpiredRows deviceAuthorizations(DeviceAuthorizationRepository devices) {
    return new ExpiredRows("device_authorization", KEPT, devices::deleteExpired);
  }
}
