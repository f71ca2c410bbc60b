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
 * How often something may be tried: a token bucket for each key. Kept in memory on each node;
 * forgotten for a key that nobody has tried until its bucket is full again, and for those tried
 * least when there are too many.
 */
public final class AttemptLimit {
  private final LoadingCache<String, Bucket> buckets;

  /**
   * @param burst attempts in a row
   * @param refill after which time one more is allowed
   * @param tracked keys remembered at most
   */
  public AttemptLimit(int burst, Duration refill, int tracked, Clock clock) {
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

  /**
   * Takes one attempt.
   *
   * @return seconds to wait before the next, when there is none left; else 0
   */
  public int take(String key) {
    ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return 0;
    }
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1);
  }

  /** Gives an attempt back that turned out not to count. */
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
