package dev.gatewright.persistence.ledger;

import dev.gatewright.persistence.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The database of a run: one process, or the members of a cluster.
 *
 * @param folder of its data, deleted in the end
 * @param username with every right
 * @param options of the JDBC URL, from the question mark on
 */
record Engine(
    List<DatabaseProcess> processes, Path folder, String username, String password, String options)
    implements AutoCloseable {
  static final String SCHEMA = "ledger";

  /** Starts the one that this run is for. */
  static Engine start() throws IOException {
    return switch (Settings.DATABASE) {
      case "mariadb" -> MariaDbEngine.start();
      case "mysql" -> MySqlEngine.start();
      case "galera" -> GaleraEngine.start();
      default -> throw new IllegalArgumentException("ledger.database is " + Settings.DATABASE);
    };
  }

  void createSchema() {
    try (Connection connection = database(processes.getFirst().port(), "").connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + SCHEMA);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What lies between one server node and each database process. */
  List<Link> links() {
    return processes.stream().map(process -> new Link(process.port())).toList();
  }

  /** What a server is configured with that has these links, the nearest first. */
  Map<String, Object> configuration(List<Link> links) {
    String hosts =
        links.stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
    return Map.of(
        "datasources.default.url", "jdbc:mysql://" + hosts + "/" + SCHEMA + options,
        "datasources.default.username", username,
        "datasources.default.password", password);
  }

  /** Past the servers, at each process. */
  List<Database> databases() {
    List<Database> databases = new ArrayList<>();
    processes.forEach(process -> databases.add(database(process.port(), SCHEMA)));
    return databases;
  }

  private Database database(int port, String schema) {
    return database(port, schema, username, password);
  }

  static Database database(int port, String schema, String username, String password) {
    return new Database(
        Map.of(
            "datasources.default.url",
            "jdbc:mysql://127.0.0.1:"
                + port
                + "/"
                + schema
                + "?connectTimeout=2000&socketTimeout=60000",
            "datasources.default.username",
            username,
            "datasources.default.password",
            password));
  }

  @Override
  public void close() {
    processes.forEach(DatabaseProcess::close);
    Folders.delete(folder);
  }
}
