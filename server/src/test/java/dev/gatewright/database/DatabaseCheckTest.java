package dev.gatewright.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers are refused at the start; those that are not are what the other tests run on. */
class DatabaseCheckTest {
  @ParameterizedTest
  @ValueSource(strings = {"5.7.44", "5.7.44-log", "8.0.18", "8.0.4-0ubuntu0.1"})
  void oldMySqlIsNamed(String version) {
    assertEquals(
        "The database at datasources.default.url is MySQL "
            + version
            + ", but it must be MySQL 8.0.19 or later, or MariaDB 11 or later.",
        DatabaseCheck.objection(version, true).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.0.19",
        "8.0.36-28",
        "8.4.6",
        "9.7.0",
        "11.4.5-MariaDB",
        "12.1.2-MariaDB-log",
        // a cluster of MariaDB that names a MySQL; TiDB names one, too
        "5.7.19-MariaDB",
        "8.0.11-TiDB-v8.5.1"
      })
  void othersAreServed(String version) {
    assertTrue(DatabaseCheck.objection(version, true).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"10.11.14-MariaDB-0+deb12u2", "8.4.6"})
  void whatLosesFractionsOfSecondsIsNotServed(String version) {
    String sentence = DatabaseCheck.objection(version, false).orElseThrow();
    assertTrue(
        sentence.contains("(" + version + ") would lose the fractions of seconds"), sentence);
  }
}
