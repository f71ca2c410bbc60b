package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How much a node takes on at once; what comes beyond is sent away.
 *
 * @param maxRequests requests in work; 0 is {@value #REQUESTS_PER_PROCESSOR} for each processor and
 *     {@value #REQUESTS_PER_CONNECTION} for each connection to the database
 */
@ConfigurationProperties("gatewright.load")
public record LoadSettings(@Bindable(defaultValue = "0") int maxRequests) {
  private static final String PREFIX = "gatewright.load.";
  private static final int REQUESTS_PER_PROCESSOR = 128;
  private static final int REQUESTS_PER_CONNECTION = 4;

  public LoadSettings {
    if (maxRequests < 0 || maxRequests > 1_000_000) {
      throw new InvalidSettingException(
          PREFIX + "max-requests", maxRequests, "a number from 1 to 1000000, or 0");
    }
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
}
