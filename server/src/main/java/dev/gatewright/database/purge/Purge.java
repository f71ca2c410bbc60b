package dev.gatewright.database.purge;

import dev.gatewright.database.Transactions;
import dev.gatewright.settings.PurgeSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes expired rows of every table, in the background and gently: a few rows in a short
 * transaction, then a pause of four times as long as that took, and of {@code
 * gatewright.purge.pause} at least. A table with many gets no more turns than the others.
 *
 * <p>Only the node that holds the {@link Lease} does it, and makes sure of that before each few
 * rows.
 */
@Singleton
class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

  /**
   * What has expired by the clock of this node is left for so long, for by another's it may live: a
   * revocation, for one, must not be gone while there is a node that would let the token in.
   */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private static final int IDLE_PER_BUSY = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<ExpiredRows> tables;
  private final Lease lease;
  private final Transactions transactions;
  private final MeterRegistry metrics;
  private final PurgeSettings settings;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  Purge(
      List<ExpiredRows> tables,
      Lease lease,
      Transactions transactions,
      MeterRegistry metrics,
      PurgeSettings settings,
      Clock clock) {
    this.tables = tables;
    this.lease = lease;
    this.transactions = transactions;
    this.metrics = metrics;
    this.settings = settings;
    this.clock = clock;
  }

  @EventListener
  void onStartup(ServerStartupEvent started) {
    thread = Thread.ofVirtual().name("purge").start(this::work);
  }

  /** Lets the statement at hand end. The thread is not interrupted: H2 would close its file. */
  @PreDestroy
  void stop() throws InterruptedException {
    stopping.countDown();
    Thread running = thread;
    if (running != null) {
      running.join(PATIENCE);
    }
  }

  /** Looks after the lease three times in its length, and purges when it is time. */
  private void work() {
    Duration look = settings.lease().dividedBy(3);
    long purgedAt = System.nanoTime() - settings.interval().toNanos();
    boolean failing = false;
    while (pause(look.compareTo(settings.interval()) < 0 ? look : settings.interval())) {
      try {
        if (lease.hold() && System.nanoTime() - purgedAt >= settings.interval().toNanos()) {
          purge();
          purgedAt = System.nanoTime();
        }
        failing = false;
      } catch (RuntimeException e) {
        if (!failing) {
          LOG.error("Expired rows could not be deleted; it will be tried again", e);
        }
        failing = true;
      }
    }
  }

  /** Goes round the tables until each has been found without any. */
  private void purge() {
    Instant now = clock.instant().minus(CLOCKS_DIFFER);
    long began = System.nanoTime();
    long deleted = 0;
    List<ExpiredRows> left = new ArrayList<>(tables);
    while (!left.isEmpty()) {
      for (ExpiredRows table : List.copyOf(left)) {
        if (!lease.hold()) {
          LOG.info("Another node goes on to delete expired rows");
          return;
        }
        long start = System.nanoTime();
        long rows = delete(table, now);
        deleted += rows;
        if (rows < settings.rows()) {
          left.remove(table);
        }
        if (!pause(pauseAfter(Duration.ofNanos(System.nanoTime() - start)))) {
          return;
        }
      }
    }
    if (deleted > 0) {
      LOG.info(
          "Deleted {} expired rows in {} s",
          deleted,
          Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
  }

  private long delete(ExpiredRows table, Instant now) {
    long rows =
        transactions.run(() -> table.delete().before(now.minus(table.kept()), settings.rows()));
    metrics.counter("gatewright.purged.rows", "table", table.table()).increment(rows);
    return rows;
  }

  private Duration pauseAfter(Duration busy) {
    Duration idle = busy.multipliedBy(IDLE_PER_BUSY);
    return idle.compareTo(settings.pause()) > 0 ? idle : settings.pause();
  }

  /** Whether to go on afterwards. */
  private boolean pause(Duration time) {
    try {
      return !stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
