package dev.gatewright;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;

/** A MySQL 8.4 in a container of the tests' own, which ends with the JVM. */
final class MySqlContainer {
  static final String USERNAME = "root";
  static final String PASSWORD = "a password & more";

  private static @Nullable MySqlContainer running;

  private final MySQLContainer container;

  private MySqlContainer(MySQLContainer container) {
    this.container = container;
  }

  /** The server. Aborts the test on a machine without Docker. */
  static synchronized MySqlContainer running() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "MySQL 8.4 runs in a container, and there is no Docker");
    if (running == null) {
      MySQLContainer container =
          new MySQLContainer("mysql:8.4").withUsername(USERNAME).withPassword(PASSWORD);
      container.start();
      running = new MySqlContainer(container);
    }
    return running;
  }

  /** Its JDBC URL up to the name of the database. */
  String url() {
    return "jdbc:mysql://" + container.getHost() + ":" + container.getMappedPort(3306) + "/";
  }
}
