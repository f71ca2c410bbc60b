package dev.gatewright.audit;

import dev.gatewright.http.AttemptLimit;
import dev.gatewright.http.AttemptLimits;
import dev.gatewright.http.ClientAddresses;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How many refusals leave a row. Anyone can be refused as often as the network carries, so that
 * without a limit anyone could fill the table: from one address as many rows in a row, and then as
 * often, as failed logins are borne by default; from all together, at one node, at most 172,800 a
 * day once the burst is spent.
 */
@Singleton
class FloodLimit {
  private static final String ALL = "all";

  private final AttemptLimit byAddress;
  private final AttemptLimit overall;
  private final ClientAddresses addresses;

  FloodLimit(ClientAddresses addresses, AttemptLimits limits) {
    this.byAddress = limits.ofThisNode(200, Duration.ofSeconds(3), 10_000);
    this.overall = limits.ofThisNode(5000, Duration.ofMillis(500), 1);
    this.addresses = addresses;
  }

  /** Takes one row; false when there is none left. */
  boolean take(HttpRequest<?> request) {
    return byAddress.take(addresses.of(request)) == 0 && overall.take(ALL) == 0;
  }
}
