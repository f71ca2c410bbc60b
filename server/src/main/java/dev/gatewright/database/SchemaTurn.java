package dev.gatewright.database;

import dev.gatewright.crypto.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turn of one node of a cluster to change the schema: a row that is taken by a conditional
 * write and renewed while the changes last. Who has watched it for {@link #LAPSE} without seeing it
 * renewed takes it from a node that died. No clocks are compared.
 */
final class SchemaTurn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaTurn.class);
  private static final Duration LAPSE = Duration.ofSeconds(15);
  private static final Duration RENEWAL = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final DataSource source;
  private final byte[] node;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread renewing;

  private SchemaTurn(DataSource source, byte[] node) {
    this.source = source;
    this.node = node;
    this.renewing = Thread.ofVirtual().name("schema-turn").start(this::renew);
  }

  /** Waits until it is this node's turn. */
  static SchemaTurn take(DataSource source) throws SQLException {
    return take(source, LAPSE);
  }

  /**
   * Waits until it is this node's turn.
   *
   * @param lapse how long a turn lasts that is not renewed
   */
  static SchemaTurn take(DataSource source, Duration lapse) throws SQLException {
    byte[] node = Ids.bytes(Ids.next());
    update(
        source,
        "create table if not exists schema_turn"
            + " (id int not null primary key, holder binary(16), renewals bigint not null)");
    update(source, "insert ignore into schema_turn (id, holder, renewals) values (1, null, 0)");
    long seen = -1;
    long seenAt = System.nanoTime();
    while (update(
            source,
            "update schema_turn set holder = ?, renewals = renewals + 1"
                + " where id = 1 and (holder is null or renewals = ?)",
            node,
            System.nanoTime() - seenAt > lapse.toNanos() ? seen : -1L)
        != 1) {
      long now = number(source, "select renewals from schema_turn where id = 1");
      if (now != seen) {
        seen = now;
        seenAt = System.nanoTime();
      }
      pause();
    }
    return new SchemaTurn(source, node);
  }

  /** Whether the schema is empty but for this row's table. */
  boolean isAllThereIs() throws SQLException {
    return number(
            source,
            "select count(*) from information_schema.tables where table_schema = database()")
        == 1;
  }

  @Override
  public void close() throws SQLException {
    over.countDown();
    try {
      renewing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    update(
        source, "update schema_turn set holder = null where id = 1 and holder = ?", (Object) node);
  }

  private void renew() {
    try {
      while (!over.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          update(
              source,
              "update schema_turn set renewals = renewals + 1 where id = 1 and holder = ?",
              (Object) node);
        } catch (SQLException e) {
          LOG.warn("The turn to change the schema could not be renewed: {}", e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long number(DataSource source, String query) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Changes by one statement, which is repeated when a member refuses it for another's sake. */
  private static int update(DataSource source, String sql, Object... parameters)
      throws SQLException {
    while (true) {
      try (Connection connection = source.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setObject(i + 1, parameters[i]);
        }
        return statement.executeUpdate();
      } catch (SQLException e) {
        if (!SqlErrors.isRepeatable(e)) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while another node changes the schema", e);
    }
  }
}
