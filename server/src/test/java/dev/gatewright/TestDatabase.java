package dev.gatewright;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** The databases that persistence is tested on, each with a fresh schema for whoever asks. */
public enum TestDatabase {
  /** The embedded default, in memory. */
  H2 {
    @Override
    public Map<String, Object> fresh() {
      return Map.of(
          "datasources.default.url",
          "jdbc:h2:mem:"
              + freshName()
              + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1");
    }
  },

  /** A real MariaDB server, which the build brings along. */
  MARIADB {
    @Override
    public Map<String, Object> fresh() {
      return freshOn(MariaDbServer.url(), "root", "");
    }
  },

  /**
   * A real MySQL server, where one is offered by {@code GATEWRIGHT_TEST_MYSQL_URL} (such as {@code
   * jdbc:mysql://127.0.0.1:3307/}), {@code GATEWRIGHT_TEST_MYSQL_USER} and {@code
   * GATEWRIGHT_TEST_MYSQL_PASSWORD}.
   */
  MYSQL {
    @Override
    public Map<String, Object> fresh() {
      String url = environment("GATEWRIGHT_TEST_MYSQL_URL");
      Assumptions.assumeFalse(url.isEmpty(), "GATEWRIGHT_TEST_MYSQL_URL offers no MySQL server");
      return freshOn(
          url,
          environment("GATEWRIGHT_TEST_MYSQL_USER"),
          environment("GATEWRIGHT_TEST_MYSQL_PASSWORD"));
    }
  };

  /** What a {@link TestServer} is configured with to use a database of its own. */
  public abstract Map<String, Object> fresh();

  private static Map<String, Object> freshOn(String url, String user, String password) {
    String name = freshName();
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("No database can be made at " + url, e);
    }
    return Map.of(
        "datasources.default.url", url + name,
        "datasources.default.username", user,
        "datasources.default.password", password);
  }

  private static String environment(String variable) {
    return Objects.requireNonNullElse(System.getenv(variable), "");
  }

  private static String freshName() {
    return "gatewright_" + UUID.randomUUID().toString().replace("-", "");
  }
}
