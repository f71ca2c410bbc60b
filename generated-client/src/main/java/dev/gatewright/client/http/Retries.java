package dev.gatewright.client.http;

import java.time.Duration;

/**
 * How often, and for how long, a call is tried: exponential back-off with full jitter, a random
 * time up to {@code firstDelay}, then up to twice as much and so on, never more than {@code
 * longestDelay}; longer where the server says {@code Retry-After}. What may be repeated at all is
 * decided call by call, by what is safe.
 *
 * @param attempts how often a request is sent at most, 1 for never again
 * @param firstDelay the most to wait before the second attempt
 * @param longestDelay the most to wait before any attempt
 * @param deadline the most that all attempts may take together; no attempt is begun that {@code
 *     Retry-After} puts later
 */
public record Retries(int attempts, Duration firstDelay, Duration longestDelay, Duration deadline) {

  /** Four attempts within a minute, the second after at most 200 ms. */
  public static final Retries DEFAULT =
      new Retries(4, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofMinutes(1));

  /** Every request is sent once. */
  public static final Retries NONE =
      new Retries(1, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1));

  public Retries {
    if (attempts < 1
        || firstDelay.isNegative()
        || longestDelay.isNegative()
        || deadline.isNegative()
        || deadline.isZero()) {
      throw new IllegalArgumentException("At least one attempt, and some time for it");
    }
  }

  /** The longest wait after this many attempts, before chance shortens it. */
  public Duration ceiling(int attemptsMade) {
    Duration doubled = firstDelay.multipliedBy(1L << Math.min(attemptsMade - 1, 20));
    return doubled.compareTo(longestDelay) < 0 ? doubled : longestDelay;
  }
}
