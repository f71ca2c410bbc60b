package dev.gatewright.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.transaction.exceptions.TransactionSystemException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What databases say when they cannot, and what becomes of it. */
class SqlErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "40001, 1213, true, true", // deadlock; at the commit of a Galera cluster: overtaken
    "41000, 1205, true, true", // lock wait
    "40000, 3101, true, true", // group replication gives the transaction up
    "08S01, 0, true, false", // the connection ended, perhaps while it committed
    "08S01, 1047, true, false", // a Galera member outside its cluster
    "08S01, 1053, true, false", // shutting down
    "08004, 1040, true, false", // too many connections
    "HY000, 1290, true, false", // --read-only
    "HY000, 1836, true, false", // a replica
    "HY000, 1180, true, false", // at the commit
    "70100, 1317, true, false", // the statement was killed
    "70100, 1927, true, false", // the connection was killed
    "42000, 1064, false, false", // a mistake of ours
    "23000, 1062, false, false", // taken
    "22001, 1406, false, false" // too long
  })
  void databaseThatCannotIsUnavailable(
      String state, int code, boolean unavailable, boolean repeatable) {
    RuntimeException error = wrapped(new SQLException("It cannot", state, code));
    assertEquals(unavailable, SqlErrors.unavailable(error).isPresent());
    assertEquals(repeatable, SqlErrors.isRepeatable(error));
  }

  /** The rollback after a commit that was not answered, at a connection that the pool gave up. */
  @Test
  void connectionThatThePoolHasClosedIsUnavailable() {
    RuntimeException error = wrapped(new SQLException("Connection is closed"));
    assertTrue(SqlErrors.unavailable(error).isPresent());
    assertEquals(false, SqlErrors.isRepeatable(error));
  }

  private static RuntimeException wrapped(SQLException error) {
    return new TransactionSystemException("Could not commit JDBC transaction", error);
  }
}
