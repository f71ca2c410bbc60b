package dev.gatewright;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.yaml.snakeyaml.Yaml;

/** The databases that persistence is tested on, each with a fresh schema for whoever asks. */
public enum TestDatabase {
  /** The embedded default, in a file, by the URL in {@code application.yml}. */
  H2 {
    @Override
    public Map<String, Object> fresh() {
      Path folder = Path.of("target", "h2", freshName()).toAbsolutePath();
      return Map.of(
          "gatewright.data-dir",
          folder.toString(),
          URL,
          defaultUrl().replace("${gatewright.data-dir}", folder.toString()),
          USERNAME,
          "gatewright",
          PASSWORD,
          "");
    }
  },

  /** A real MariaDB server, which the build brings along. */
  MARIADB {
    @Override
    public Map<String, Object> fresh() {
      MariaDbServer server = MariaDbServer.running();
      return freshOn(server.url(), MariaDbServer.USERNAME, MariaDbServer.PASSWORD);
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
      String user = environment("GATEWRIGHT_TEST_MYSQL_USER");
      String password = environment("GATEWRIGHT_TEST_MYSQL_PASSWORD");
      Map<String, Object> made = freshOn(url, user, password);
      String drop = "drop database " + made.get(URL).toString().substring(url.length());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> execute(url, user, password, drop)));
      return made;
    }
  };

  private static final String URL = "datasources.default.url";
  private static final String USERNAME = "datasources.default.username";
  private static final String PASSWORD = "datasources.default.password";

  /**
   * What a {@link TestServer} is configured with to use a database of its own: of MariaDB and MySQL
   * the URL and the credentials, and nothing else.
   */
  public abstract Map<String, Object> fresh();

  /** Aborts the test on a machine for which the build brings no MariaDB, but not in CI. */
  public static void assumeMariaDb() {
    MariaDbServer.assumePresent();
  }

  /** An embedded database that is gone with the JVM: for tests to which the database is nothing. */
  static Map<String, Object> inMemory() {
    return Map.of(
        URL,
        "jdbc:h2:mem:"
            + freshName()
            + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1");
  }

  private static Map<String, Object> freshOn(String url, String user, String password) {
    String name = freshName();
    execute(url, user, password, "create database " + name);
    return Map.of(URL, url + name, USERNAME, user, PASSWORD, password);
  }

  private static void execute(String url, String user, String password, String sql) {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + " fails at " + url, e);
    }
  }

  private static String defaultUrl() {
    try (InputStream file = TestDatabase.class.getResourceAsStream("/application.yml")) {
      Map<String, Map<String, Map<String, Object>>> settings = new Yaml().load(file);
      return settings.get("datasources").get("default").get("url").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String environment(String variable) {
    return Objects.requireNonNullElse(System.getenv(variable), "");
  }

  private static String freshName() {
    return "gatewright_" + UUID.randomUUID().toString().replace("-", "");
  }
}
