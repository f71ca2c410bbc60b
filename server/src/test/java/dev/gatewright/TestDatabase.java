package dev.gatewright;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
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
      return freshOn(server.url(), "", MariaDbServer.USERNAME, MariaDbServer.PASSWORD);
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
      String url = offered("GATEWRIGHT_TEST_MYSQL_URL", "MySQL server");
      return droppedInTheEnd(
          url,
          "",
          environment("GATEWRIGHT_TEST_MYSQL_USER"),
          environment("GATEWRIGHT_TEST_MYSQL_PASSWORD"));
    }
  },

  /** MySQL's long-term release, in a container, where there is Docker. */
  MYSQL_8_4 {
    @Override
    public Map<String, Object> fresh() {
      MySqlContainer container = MySqlContainer.running();
      return freshOn(container.url(), "", MySqlContainer.USERNAME, MySqlContainer.PASSWORD);
    }
  },

  /**
   * A Galera cluster, where {@code GATEWRIGHT_TEST_GALERA_URL} offers one: a URL that names all its
   * members, such as {@code jdbc:mysql://127.0.0.1:3411,127.0.0.1:3421,127.0.0.1:3431/}; then
   * {@code GATEWRIGHT_TEST_GALERA_USER} and {@code GATEWRIGHT_TEST_GALERA_PASSWORD}.
   */
  GALERA {
    @Override
    public Map<String, Object> fresh() {
      String url = offered("GATEWRIGHT_TEST_GALERA_URL", "Galera cluster");
      return droppedInTheEnd(
          url,
          "?failOverReadOnly=false&sessionVariables=wsrep_sync_wait=1",
          environment("GATEWRIGHT_TEST_GALERA_USER"),
          environment("GATEWRIGHT_TEST_GALERA_PASSWORD"));
    }

    /** Each node has another member before the others. */
    @Override
    public Map<String, Object> forNode(int node, Map<String, Object> fresh) {
      String url = fresh.get(URL).toString();
      String all =
          url.substring("jdbc:mysql://".length(), url.indexOf('/', "jdbc:mysql://".length()));
      List<String> members = new ArrayList<>(List.of(all.split(",")));
      Collections.rotate(members, -node);
      Map<String, Object> rotated = new HashMap<>(fresh);
      rotated.put(URL, url.replace(all, String.join(",", members)));
      return rotated;
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

  /** What one of several servers on a database of {@link #fresh()} is configured with. */
  public Map<String, Object> forNode(int node, Map<String, Object> fresh) {
    return fresh;
  }

  private static Map<String, Object> freshOn(
      String url, String properties, String user, String password) {
    String name = freshName();
    execute(url, user, password, "create database " + name);
    return Map.of(URL, url + name + properties, USERNAME, user, PASSWORD, password);
  }

  /** On a server that is not of the tests' own. */
  private static Map<String, Object> droppedInTheEnd(
      String url, String properties, String user, String password) {
    Map<String, Object> made = freshOn(url, properties, user, password);
    String name = made.get(URL).toString().substring(url.length()).replace(properties, "");
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> execute(url, user, password, "drop database if exists " + name)));
    return made;
  }

  private static String offered(String variable, String what) {
    String url = environment(variable);
    Assumptions.assumeFalse(url.isEmpty(), variable + " offers no " + what);
    return url;
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
