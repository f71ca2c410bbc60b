package dev.gatewright.http;

import dev.gatewright.settings.LimitSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Makes limits, which are counted where {@link LimitSettings} says. */
@Singleton
public final class AttemptLimits {
  private final LimitSettings settings;
  private final SharedAttempts shared;
  private final Clock clock;

  AttemptLimits(LimitSettings settings, SharedAttempts shared, Clock clock) {
    this.settings = settings;
    this.shared = shared;
    this.clock = clock;
  }

  /**
   * A limit that all nodes count together, if so configured.
   *
   * @param name what is counted, the same on every node
   * @param burst attempts in a row
   * @param refill after which time one more is allowed
   * @param tracked keys remembered at most, where they are in memory
   */
  public AttemptLimit named(String name, int burst, Duration refill, int tracked) {
    return settings.shared()
        ? new SharedAttemptLimit(name, burst, refill, tracked, shared, clock)
        : ofThisNode(burst, refill, tracked);
  }

  /** A limit that each node counts for itself in any case. */
  public AttemptLimit ofThisNode(int burst, Duration refill, int tracked) {
    return new NodeAttemptLimit(burst, refill, tracked, clock);
  }
}
