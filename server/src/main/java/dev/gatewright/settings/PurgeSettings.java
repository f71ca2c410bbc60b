package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How expired rows are deleted.
 *
 * @param interval from the end of one purge to the beginning of the next
 * @param rows the most that one statement deletes
 * @param pause the shortest time between two statements
 * @param lease how long the node that purges is not heard of before another takes over
 */
@ConfigurationProperties("gatewright.purge")
public record PurgeSettings(
    @Bindable(defaultValue = "10m") Duration interval,
    @Bindable(defaultValue = "100") int rows,
    @Bindable(defaultValue = "20ms") Duration pause,
    @Bindable(defaultValue = "1m") Duration lease) {
  private static final String PREFIX = "gatewright.purge.";
  private static final int MOST_ROWS = 1000;
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  public PurgeSettings {
    if (!interval.isPositive() || interval.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(
          PREFIX + "interval", interval, "a duration of at most 1d, such as 10m");
    }
    if (rows < 1 || rows > MOST_ROWS) {
      throw new InvalidSettingException(PREFIX + "rows", rows, "from 1 to " + MOST_ROWS);
    }
    if (pause.isNegative() || pause.compareTo(SHORTEST_LEASE) > 0) {
      throw new InvalidSettingException(
          PREFIX + "pause", pause, "a duration of at most 1s, such as 20ms");
    }
    if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(
          PREFIX + "lease", lease, "a duration from 1s to 1d, such as 1m");
    }
  }
}
