package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatewright.TestDatabase;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.flyway.FlywayConfigurationCustomizer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How long an answer of the database is waited for. */
@ParameterizedClass
@EnumSource(names = {"MARIADB", "MYSQL"})
class SilentDatabaseTest {
  private final TestDatabase kind;
  private final Node node;

  SilentDatabaseTest(TestDatabase kind) {
    this.kind = kind;
    node = Node.shared(kind);
  }

  @Test
  void answerIsWaitedForTwentySeconds() throws SQLException {
    DataSource pool = DelegatingDataSource.unwrapDataSource(node.bean(DataSource.class));
    try (Connection connection = pool.getConnection()) {
      assertEquals(20_000, connection.getNetworkTimeout());
    }
  }

  @Test
  void urlMaySayOtherwise() throws SQLException {
    Map<String, Object> hasty = Map.of("datasources.default.url", hasty(node.database()));
    try (Node other = Node.start(node.database(), hasty)) {
      DataSource pool = DelegatingDataSource.unwrapDataSource(other.bean(DataSource.class));
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        assertEquals(500, connection.getNetworkTimeout());
        assertThrows(SQLException.class, () -> statement.execute("select sleep(2)"));
      }
    }
  }

  /** A change of a large table takes minutes. */
  @Test
  void stepOfTheSchemaTakesAsLongAsItTakes() {
    assertThrows(FlywayException.class, () -> slow().load().migrate());

    FluentConfiguration patient = slow();
    node.bean(FlywayConfigurationCustomizer.class).customizeFluentConfiguration(patient);
    patient.javaMigrations(); // this one alone
    assertEquals(1, patient.load().migrate().migrationsExecuted);
  }

  /** A step that takes longer than the URL would wait, on an empty database. */
  private FluentConfiguration slow() {
    Database fresh = new Database(kind.fresh());
    return Flyway.configure()
        .dataSource(hasty(fresh), setting(fresh, "username"), setting(fresh, "password"))
        .locations("classpath:dev/gatewright/persistence/slow");
  }

  private static String hasty(Database database) {
    return setting(database, "url") + "?socketTimeout=500";
  }

  private static String setting(Database database, String name) {
    return database.configuration().get("datasources.default." + name).toString();
  }
}
