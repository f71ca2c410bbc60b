package dev.gatewright.http;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Counted by this node alone: a token bucket for each key, in memory; forgotten for a key that
 * nobody has tried until its bucket is full again, and for those tried least when there are too
 * many.
 */
final class NodeAttemptLimit implements AttemptLimit {
  private final LoadingCache<String, Bucket> buckets;

  /**
   * @param burst attempts in a row
   * @param refill after which time one more is allowed
   * @param tracked keys remembered at most
   */
  NodeAttemptLimit(int burst, Duration refill, int tracked, Clock clock) {
    TimeMeter meter = new ClockMeter(clock);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(tracked)
            .expireAfterAccess(refill.multipliedBy(burst))
            .build(key ->
                Bucket.builder()
                    .addLimit(limit -> limit.capacity(burst).refillGreedy(1, refill))
                    .withCustomTimePrecision(meter)
                    .build());
  }

  @Override
  public int take(String key) {
    ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return 0;
    }
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1);
  }

  @Override
  public void giveBack(String key) {
    buckets.get(key).addTokens(1);
  }

  /** Bucket4j's time, from the injected clock. */
  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
