package dev.gatewright.http;

import dev.gatewright.database.Transactions;
import jakarta.inject.Singleton;

/** The attempts in the table {@code attempt_limit}; times in milliseconds since 1970. */
@Singleton
class SharedAttempts {
  private final AttemptLimitRepository rows;
  private final Transactions transactions;

  SharedAttempts(AttemptLimitRepository rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  /**
   * Takes one attempt, once that is committed. Each write is a transaction of its own: one that was
   * refused and goes on to the next would hold locks that make two nodes wait for each other.
   *
   * @param refill how much later, for each attempt, all of them are there again
   * @param slack how far ahead that may be before this one
   * @return from when on there is one; now when it was taken, else later
   */
  long take(byte[] key, long now, long refill, long slack) {
    // Not there, or no attempt left. Who inserts the row has the attempt; who comes second tries
    // again.
    if (update(key, now, refill, slack)
        || transactions.run(() -> rows.add(key, now + refill)) == 1
        || update(key, now, refill, slack)) {
      return now;
    }
    // What was given back meanwhile is for who asks again: only a write takes.
    long next = rows.findFullAt(key).map(fullAt -> fullAt - slack).orElse(now);
    return Math.max(next, now + 1);
  }

  /** Gives one back. */
  void giveBack(byte[] key, long refill) {
    transactions.run(() -> rows.giveBack(key, refill));
  }

  private boolean update(byte[] key, long now, long refill, long slack) {
    return transactions.run(() -> rows.take(key, now, refill, now + slack)) == 1;
  }
}
