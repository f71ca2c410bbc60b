package dev.gatewright.http;

import dev.gatewright.settings.LoadSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import io.netty.util.concurrent.EventExecutor;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many requests are in work, and how many may be. One number for all of them: a limit that
 * learns from how long answers take would be misled here, where one takes a tenth of a millisecond
 * and the next waits a second for its turn to hash a password.
 *
 * <p>Nobody waits for a place, nor long to be asked whether there is one ({@link Backlog}). What is
 * let in may wait for a connection to the database or a thread that hashes passwords, each for a
 * bounded time; so nothing is worked on for long after its caller has given up.
 */
@Singleton
public final class WorkLimit {
  /** Places beyond the limit, for those who ask how the server is. */
  private static final int RESERVED = 16;

  private static final Logger LOG = LoggerFactory.getLogger(WorkLimit.class);
  private static final long LOG_EVERY_MILLIS = 1000;

  private final AtomicInteger inWork = new AtomicInteger();
  private final AtomicLong lastLogged = new AtomicLong();
  private final AtomicLong unlogged = new AtomicLong();
  private final int most;
  private final Backlog backlog;
  private final Counter shed;
  private final Clock clock;

  WorkLimit(
      LoadSettings settings,
      @Value("${datasources.default.maximum-pool-size}") int databaseConnections,
      MeterRegistry metrics,
      Clock clock) {
    this.most = settings.requestsInWork(databaseConnections);
    this.backlog = new Backlog(settings.longestWait());
    this.clock = clock;
    this.shed = metrics.counter("gatewright.shed", "reason", "requests");
    metrics.gauge("gatewright.requests.in.work", inWork);
  }

  /** Takes a place; false when there is none left. Whoever got one gives it back. */
  boolean enter() {
    return enter(most);
  }

  /** Whether a request that was read just now, by this thread, has waited too long for that. */
  public boolean hasWaited(EventExecutor thread) {
    return backlog.isTooLong(thread);
  }

  /** As {@link #enter}, for who asks how the server is. */
  boolean enterReserved() {
    return enter(most + RESERVED);
  }

  private boolean enter(int limit) {
    if (inWork.incrementAndGet() <= limit) {
      return true;
    }
    inWork.decrementAndGet();
    return false;
  }

  /** Gives a place back. */
  void leave() {
    inWork.decrementAndGet();
  }

  /** How many requests are in work. */
  public int inWork() {
    return inWork.get();
  }

  /** Whether the next one would be sent away. */
  public boolean isFull() {
    return inWork.get() >= most;
  }

  /** Counts one that was sent away. A line in the log stands for all of a second. */
  public void shed() {
    shed.increment();
    unlogged.incrementAndGet();
    long now = clock.millis();
    long before = lastLogged.get();
    if (now - before >= LOG_EVERY_MILLIS && lastLogged.compareAndSet(before, now)) {
      LOG.warn(
          "Overloaded: {} requests sent away, with {} in work",
          unlogged.getAndSet(0),
          Math.min(inWork.get(), most));
    }
  }
}
