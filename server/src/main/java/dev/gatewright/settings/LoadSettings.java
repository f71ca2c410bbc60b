package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How much a node takes on at once, and for how long; what comes beyond is sent away.
 *
 * @param maxRequests requests in work; 0 is {@value #REQUESTS_PER_PROCESSOR} for each processor and
 *     {@value #REQUESTS_PER_CONNECTION} for each connection to the database
 * @param longestWait how long a request may have waited to be read when many come at once
 * @param maxConnections connections of callers; 0 is {@value #MOST_CONNECTIONS}, or three quarters
 *     of the files that the process may open, if that is less
 * @param maxMemory bytes of requests that have not arrived whole, and of large answers that are not
 *     taken yet, in all; 0 is a quarter of the Java heap
 * @param requestTimeout how long a request may take to arrive, from its first byte to its last
 * @param responseTimeout how long a caller may take to receive an answer
 */
@ConfigurationProperties("gatewright.load")
public record LoadSettings(
    @Bindable(defaultValue = "0") int maxRequests,
    @Bindable(defaultValue = "200ms") Duration longestWait,
    @Bindable(defaultValue = "0") int maxConnections,
    @Bindable(defaultValue = "0") long maxMemory,
    @Bindable(defaultValue = "10s") Duration requestTimeout,
    @Bindable(defaultValue = "60s") Duration responseTimeout) {
  private static final String PREFIX = "gatewright.load.";
  private static final int REQUESTS_PER_PROCESSOR = 128;
  private static final int REQUESTS_PER_CONNECTION = 4;
  private static final int MOST_CONNECTIONS = 16_384;
  private static final int MOST = 1_000_000;
  private static final Duration LONGEST = Duration.ofHours(1);

  public LoadSettings {
    requireBetween("max-requests", maxRequests, 0, MOST);
    requireBetween("max-connections", maxConnections, 0, MOST);
    requireBetween("max-memory", maxMemory, 0, Long.MAX_VALUE);
    requireTimeout("longest-wait", longestWait);
    requireTimeout("request-timeout", requestTimeout);
    requireTimeout("response-timeout", responseTimeout);
  }

  /**
   * Requests in work at most.
   *
   * @param databaseConnections how large the pool of connections to the database is
   */
  public int requestsInWork(int databaseConnections) {
    return maxRequests > 0
        ? maxRequests
        : REQUESTS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors()
            + REQUESTS_PER_CONNECTION * databaseConnections;
  }

  /**
   * Connections of callers at most.
   *
   * @param openFiles how many files the process may open; each connection is one
   */
  public int connections(long openFiles) {
    return maxConnections > 0
        ? maxConnections
        : (int) Math.min(MOST_CONNECTIONS, openFiles - openFiles / 4);
  }

  /** Bytes of what has not arrived whole, or is not taken yet, at most. */
  public long memory() {
    return maxMemory > 0 ? maxMemory : Runtime.getRuntime().maxMemory() / 4;
  }

  private static void requireBetween(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new InvalidSettingException(
          PREFIX + name,
          value,
          "a number from 1 " + (most == Long.MAX_VALUE ? "on" : "to " + most) + ", or 0");
    }
  }

  private static void requireTimeout(String name, Duration value) {
    if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(PREFIX + name, value, "a duration from 1ms to 1h");
    }
  }
}
