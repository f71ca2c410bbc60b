package dev.gatewright.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatewright.crypto.Secrets;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counted by all nodes together, in the database. What a key has left is one number, the moment at
 * which all of its attempts are there again: each attempt moves it on by a period, and none may
 * move it further than the whole burst ahead. So an attempt is one conditional write, whose row
 * count decides.
 *
 * <p>A key that was refused is refused for another second, at most, without asking: whoever goes on
 * and on shall not keep the database busy.
 */
final class SharedAttemptLimit implements AttemptLimit {
  private static final Duration REFUSED_UNASKED = Duration.ofSeconds(1);

  private final String name;
  private final long refill;
  private final long slack;
  private final SharedAttempts attempts;
  private final Clock clock;

  /** By key: the moment from which the next attempt can be had. */
  private final Cache<String, Long> refused;

  /**
   * @param name distinguishes this limit's keys from others'
   * @param tracked refused keys remembered at most
   */
  SharedAttemptLimit(
      String name, int burst, Duration refill, int tracked, SharedAttempts attempts, Clock clock) {
    this.name = name;
    this.refill = refill.toMillis();
    this.slack = refill.multipliedBy(burst - 1L).toMillis();
    this.attempts = attempts;
    this.clock = clock;
    this.refused =
        Caffeine.newBuilder().maximumSize(tracked).expireAfterWrite(REFUSED_UNASKED).build();
  }

  @Override
  public int take(String key) {
    long now = clock.millis();
    @Nullable Long known = refused.getIfPresent(key);
    if (known != null && known > now) {
      return seconds(known - now);
    }
    long next = attempts.take(hash(key), now, refill, slack);
    if (next <= now) {
      return 0;
    }
    refused.put(key, next);
    return seconds(next - now);
  }

  @Override
  public void giveBack(String key) {
    attempts.giveBack(hash(key), refill);
    refused.invalidate(key);
  }

  private static int seconds(long millis) {
    return Math.toIntExact(Math.ceilDiv(millis, 1000L));
  }

  private byte[] hash(String key) {
    return Secrets.sha256(name + ' ' + key);
  }
}
