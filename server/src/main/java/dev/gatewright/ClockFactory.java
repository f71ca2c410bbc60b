package dev.gatewright;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The one clock that everything asks for the time; a test puts another in its place. */
@Factory
final class ClockFactory {

  /** UTC, in whole microseconds, which is what the database stores. */
  @Singleton
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  }
}
