package dev.gatewright.settings;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The clock that everything takes the time from; tests replace it. */
@Factory
final class Clocks {
  /**
   * UTC to the microsecond: what the database keeps, so that a stored time equals the one in
   * memory.
   */
  @Singleton
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
  }
}
