package dev.gatewright.database;

import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Runs a transaction whole, and whole again when the database gave it up for another (deadlock,
 * lock wait, certification failure). What the transaction decides holds only once {@link #run} has
 * returned: a cluster may refuse at the commit.
 */
@Singleton
public class Transactions {
  private static final int ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 20;

  private final TransactionOperations<Connection> operations;

  public Transactions(TransactionOperations<Connection> operations) {
    this.operations = operations;
  }

  /**
   * The result of the work, after its commit. The work must be repeatable: nothing but the database
   * may remember it. Within an open transaction the work joins it, and only the outermost is
   * repeated.
   */
  public <T> T run(Supplier<T> work) {
    if (operations.findTransactionStatus().isPresent()) {
      return work.get();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return operations.executeWrite(status -> work.get());
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !SqlErrors.isRepeatable(e)) {
          throw e;
        }
        pause(attempt, e);
      }
    }
  }

  /** As {@link #run(Supplier)}, for work without a result. */
  public void run(Runnable work) {
    run(() -> {
      work.run();
      return true;
    });
  }

  /**
   * Does something when the open transaction has been committed, and never when it fails; at once
   * when none is open. It is done on the same thread while the connection is still held, so it only
   * starts what has to be done.
   */
  public void afterCommit(Runnable work) {
    operations
        .findTransactionStatus()
        .ifPresentOrElse(
            status ->
                status.registerSynchronization(
                    new TransactionSynchronization() {
                      @Override
                      public void afterCommit() {
                        work.run();
                      }
                    }),
            work);
  }

  private static void pause(int attempt, RuntimeException cause) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS * attempt) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }
}
