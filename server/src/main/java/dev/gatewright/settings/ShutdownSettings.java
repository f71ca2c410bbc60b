package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How a node leaves when it is told to stop ({@code SIGTERM}).
 *
 * @param drain how long it still takes requests while it says that it is not ready: longer than the
 *     balancer needs to notice; zero where nothing asks
 * @param grace how long requests then have to finish before they are cut off
 */
@ConfigurationProperties("gatewright.shutdown")
public record ShutdownSettings(
    @Bindable(defaultValue = "5s") Duration drain, @Bindable(defaultValue = "20s") Duration grace) {
  private static final String PREFIX = "gatewright.shutdown.";
  private static final Duration LONGEST = Duration.ofMinutes(10);

  public ShutdownSettings {
    requireWithin("drain", drain);
    requireWithin("grace", grace);
  }

  private static void requireWithin(String name, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(
          PREFIX + name, value, "a duration from 0s to " + LONGEST.toMinutes() + "m");
    }
  }
}
