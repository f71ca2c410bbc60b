package dev.gatewright.backchannel;

import dev.gatewright.crypto.Ids;
import dev.gatewright.database.Transactions;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due: right after the commit that made it so, and every {@link #EVERY} what had
 * to wait, or what another node left behind.
 *
 * <p>A node claims what it tries by one conditional write, committed before anything is sent. A
 * claim lapses, so that a node that died keeps nothing. Delivery is therefore at least once, and no
 * row is locked meanwhile.
 */
@Singleton
class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final String EVERY = "2s";

  /** Longer than one attempt can take, with {@code gatewright.outbound.timeout} at its most. */
  private static final Duration CLAIM = Duration.ofMinutes(2);

  private final SessionClientRepository clients;
  private final Delivery delivery;
  private final Transactions transactions;

  /** Of its own: the framework's threads would take the transaction along that has just ended. */
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("backchannel-", 0).factory());

  private final Clock clock;
  private final Semaphore rounds = new Semaphore(1);
  private final ConcurrentMap<UUID, CompletableFuture<Void>> firstAttempts =
      new ConcurrentHashMap<>();

  Deliveries(
      SessionClientRepository clients, Delivery delivery, Transactions transactions, Clock clock) {
    this.clients = clients;
    this.delivery = delivery;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Begins to deliver whatever is due, on other threads. */
  @Scheduled(fixedDelay = EVERY, initialDelay = EVERY)
  void start() {
    begin(this::deliverDue);
  }

  /** Begins to deliver what is due of one session, on other threads. */
  void startOf(UUID sid) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    firstAttempts.put(sid, done);
    done.whenComplete((nothing, fault) -> firstAttempts.remove(sid, done));
    boolean begun =
        begin(() -> {
          try {
            attempt((claim, until) -> clients.claimOfSession(sid, claim, until, clock.instant()));
          } finally {
            done.complete(null);
          }
        });
    if (!begun) {
      done.complete(null);
    }
  }

  /** Waits until what {@link #startOf} began at this node is done, but not for longer than that. */
  void await(UUID sid, Duration patience) {
    CompletableFuture<Void> done = firstAttempts.get(sid);
    if (done != null && patience.isPositive()) {
      done.copy().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS).join();
    }
  }

  /** Delivers whatever is due, one part after the other; one thread of a node does. */
  void deliverDue() {
    if (!rounds.tryAcquire()) {
      return;
    }
    try {
      while (clients.findDue(clock.instant()).isPresent()
          && attempt((claim, until) -> clients.claimDue(claim, until, clock.instant()))) {}
    } finally {
      rounds.release();
    }
  }

  /** Claims some, and attempts all of those at once; false when there was nothing to claim. */
  private boolean attempt(BiFunction<UUID, Instant, Long> write) {
    UUID claim = Ids.next();
    Instant until = clock.instant().plus(CLAIM).truncatedTo(ChronoUnit.MICROS);
    List<SessionClient> claimed =
        transactions.run(
            () -> write.apply(claim, until) == 0 ? List.of() : clients.findClaimed(claim, until));
    CompletableFuture.allOf(
            claimed.stream()
                .map(ended -> CompletableFuture.runAsync(() -> delivery.attempt(ended), threads))
                .toArray(CompletableFuture<?>[]::new))
        .join();
    return !claimed.isEmpty();
  }

  private boolean begin(Runnable work) {
    try {
      threads.execute(() -> {
        try {
          work.run();
        } catch (RuntimeException e) {
          if (!threads.isShutdown()) { // what is due stays so
            LOG.error("Logout tokens could not be delivered; they will be tried again", e);
          }
        }
      });
      return true;
    } catch (RejectedExecutionException e) {
      return false; // this node stops; what is due is in the database
    }
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
