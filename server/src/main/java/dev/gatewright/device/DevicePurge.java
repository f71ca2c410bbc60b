package dev.gatewright.device;

import dev.gatewright.database.Chunks;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes devices whose codes have expired; a redeemed one is kept for a day, so that its second
 * use is still known for one.
 */
@Singleton
class DevicePurge {
  private static final Duration KEPT = Duration.ofDays(1);

  private final DeviceAuthorizationRepository devices;
  private final Chunks chunks;
  private final Clock clock;

  DevicePurge(DeviceAuthorizationRepository devices, Chunks chunks, Clock clock) {
    this.devices = devices;
    this.chunks = chunks;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void run() {
    Instant before = clock.instant().minus(KEPT);
    chunks.delete(() -> devices.deleteExpired(before));
  }
}
