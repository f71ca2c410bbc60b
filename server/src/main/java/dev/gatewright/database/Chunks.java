package dev.gatewright.database;

import jakarta.inject.Singleton;
import java.util.function.LongSupplier;

/**
 * Deletes many rows a few at a time, each few in a short transaction of its own, so that nobody
 * waits for them.
 */
@Singleton
public class Chunks {
  private static final int MOST = 1000;

  private final Transactions transactions;

  public Chunks(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Deletes until nothing is left, and at most a thousand times at one go.
   *
   * @param delete deletes some hundred rows ({@code delete … limit 500}) and says how many
   */
  public void delete(LongSupplier delete) {
    for (int chunk = 0; chunk < MOST; chunk++) {
      long deleted = transactions.run(delete::getAsLong);
      if (deleted == 0) {
        return;
      }
    }
  }
}
