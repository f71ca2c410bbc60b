package dev.gatewright.lifecycle;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database, over a connection of its own: a pool that is busy with requests is no reason
 * to send a node none, and one question after another is asked, however many callers want to know.
 * Every answer is there within some seconds, also when the database is silent.
 */
@Singleton
final class DatabaseProbe {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);

  private static final long PATIENCE_MILLIS = 1500;

  /** A keyless server has nothing to sign with; a replica takes no writes. */
  private static final String H2 = "select 'OFF' from signing_key limit 1";

  private static final String MYSQL = "select @@global.read_only from signing_key limit 1";

  private static final Set<String> OFF = Set.of("0", "OFF");

  private final String question;
  private final HikariDataSource connection;
  private volatile boolean failing;

  DatabaseProbe(DatasourceConfiguration database) {
    boolean mysql = database.getUrl().startsWith("jdbc:mysql:");
    this.question = mysql ? MYSQL : H2;
    HikariConfig one = new HikariConfig();
    database.copyStateTo(one);
    one.setPoolName("readiness");
    one.setMaximumPoolSize(1);
    one.setMinimumIdle(0);
    one.setConnectionTimeout(PATIENCE_MILLIS);
    one.setValidationTimeout(PATIENCE_MILLIS / 2);
    one.setInitializationFailTimeout(-1); // the first question connects
    one.setRegisterMbeans(false);
    if (mysql) {
      one.addDataSourceProperty("connectTimeout", PATIENCE_MILLIS);
      one.addDataSourceProperty("socketTimeout", PATIENCE_MILLIS);
    }
    this.connection = new HikariDataSource(one);
  }

  /** Whether it can be reached, holds the keys, and is not read-only. */
  boolean takesWrites() {
    try (Connection opened = connection.getConnection();
        Statement statement = opened.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      boolean writable = answer.next() && OFF.contains(answer.getString(1));
      say(writable, "it is read-only, or holds no signing key");
      return writable;
    } catch (SQLException e) {
      say(false, String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** Once for each change. */
  private void say(boolean well, String why) {
    if (!well && !failing) {
      LOG.warn("Not ready: the database cannot be used: {}", why);
    } else if (well && failing) {
      LOG.info("Ready: the database can be used again");
    }
    failing = !well;
  }

  @PreDestroy
  void close() {
    connection.close();
  }
}
