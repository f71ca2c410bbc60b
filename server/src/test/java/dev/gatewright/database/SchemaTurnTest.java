package dev.gatewright.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One node at a time changes the schema of a cluster; one that dies does not bar the others. */
class SchemaTurnTest {
  private final JdbcConnectionPool source =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE", "", "");

  @AfterEach
  void dispose() {
    source.dispose();
  }

  @Test
  void nextOneWaitsForTheFirst() throws Exception {
    SchemaTurn first = SchemaTurn.take(source);
    CompletableFuture<SchemaTurn> second = taken(source, Duration.ofSeconds(15));
    assertThrows(TimeoutException.class, () -> second.get(500, TimeUnit.MILLISECONDS));
    first.close();
    second.get(5, TimeUnit.SECONDS).close();
  }

  @Test
  void turnOfOneThatDiedLapses() throws Exception {
    SchemaTurn.take(source).close();
    execute("update schema_turn set holder = x'00112233445566778899aabbccddeeff'");
    long start = System.nanoTime();
    taken(source, Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS).close();
    assertTrue(System.nanoTime() - start > Duration.ofSeconds(1).toNanos());
  }

  @Test
  void turnThatIsRenewedDoesNotLapse() throws Exception {
    SchemaTurn first = SchemaTurn.take(source);
    CompletableFuture<SchemaTurn> second = taken(source, Duration.ofSeconds(5));
    assertThrows(TimeoutException.class, () -> second.get(7, TimeUnit.SECONDS));
    first.close();
    second.get(5, TimeUnit.SECONDS).close();
  }

  @Test
  void tellsAnEmptySchemaFromOneInUse() throws Exception {
    try (SchemaTurn turn = SchemaTurn.take(source)) {
      assertEquals(0, turns("holder is null"));
      execute("create table other (id int)");
      assertFalse(turn.isAllThereIs());
    }
    assertEquals(1, turns("holder is null"));
  }

  private static CompletableFuture<SchemaTurn> taken(DataSource source, Duration lapse) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return SchemaTurn.take(source, lapse);
      } catch (SQLException e) {
        throw new CompletionException(e);
      }
    });
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int turns(String where) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from schema_turn where " + where)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
