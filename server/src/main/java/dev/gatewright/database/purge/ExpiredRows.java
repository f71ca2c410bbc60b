package dev.gatewright.database.purge;

import java.time.Duration;
import java.time.Instant;

/**
 * The rows of a table that nobody needs any more once they have expired.
 *
 * @param table its name
 * @param kept how long a row is kept after its time
 * @param delete deletes some of them
 */
public record ExpiredRows(String table, Duration kept, Delete delete) {

  /** Rows that are not kept after their time. */
  public ExpiredRows(String table, Delete delete) {
    this(table, Duration.ZERO, delete);
  }

  /** One short statement, which finds its rows by an index. */
  @FunctionalInterface
  public interface Delete {
    /**
     * Deletes rows whose time was before the one that is given.
     *
     * @param most the most that it may delete
     * @return how many it deleted; fewer than {@code most} when there are no more
     */
    long before(Instant time, int most);
  }
}
