package dev.gatewright.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether requests have waited in their connections because the thread that reads them does not
 * keep up: it finds so many at once that the last have waited while it read the first. Nothing else
 * tells, for what has not been read is in no queue of ours.
 *
 * <p>Each such thread ticks by itself. Who is read long after the last tick, as one of many, has
 * waited for about as long.
 */
final class Backlog {
  private static final long TICK_MILLIS = 20;

  /**
   * So many are read without a look at the clock: a thread that was slow for once is not behind.
   */
  private static final int FREE = 64;

  private final FastThreadLocal<Ticks> ticks = new FastThreadLocal<>();
  private final long longestNanos;

  Backlog(Duration longest) {
    this.longestNanos = longest.toNanos();
  }

  /**
   * Whether a request that was read just now has waited for too long.
   *
   * @param thread the calling one
   */
  boolean isTooLong(EventExecutor thread) {
    Ticks own = ticks.get();
    if (own == null) {
      own = new Ticks();
      ticks.set(own);
      var _ =
          thread.scheduleAtFixedRate(own::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return own.requests++ >= FREE && System.nanoTime() - own.last > longestNanos;
  }

  /** Of one thread, and touched by no other. */
  private static final class Ticks {
    private long last = System.nanoTime();
    private int requests;

    void tick() {
      last = System.nanoTime();
      requests = 0;
    }
  }
}
