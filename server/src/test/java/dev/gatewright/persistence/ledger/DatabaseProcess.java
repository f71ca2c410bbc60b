package dev.gatewright.persistence.ledger;

import dev.gatewright.persistence.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database server as a process of its own, which can be killed and started again. */
final class DatabaseProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  /**
   * How it is started.
   *
   * @param ready a query that finds one row when it serves, and none before
   */
  record Launch(
      int port,
      List<String> command,
      Map<String, String> environment,
      Path log,
      String ready,
      Database server) {}

  private final Launch launch;
  private @Nullable Process process;

  DatabaseProcess(Launch launch) {
    this.launch = launch;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  int port() {
    return launch.port;
  }

  /** Starts it and waits until it serves. */
  void start() {
    start(launch.command);
  }

  /** The first start of the first one of a cluster differs. */
  void start(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log.toFile()));
    builder.environment().putAll(launch.environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    awaitReady();
  }

  void awaitReady() {
    Instant latest = Instant.now().plus(LONGEST_START);
    while (!isReady()) {
      if (Instant.now().isAfter(latest) || process == null || !process.isAlive()) {
        throw new IllegalStateException("The database does not serve: " + launch.log);
      }
      Pause.of(Duration.ofMillis(100));
    }
  }

  private boolean isReady() {
    try (Connection connection = launch.server.connect()) {
      return connection.createStatement().executeQuery(launch.ready).next();
    } catch (SQLException e) {
      return false;
    }
  }

  void kill() {
    Signals.kill(running());
  }

  void stop() {
    Signals.stop(running());
  }

  void resume() {
    Signals.resume(running());
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("It was not started");
    }
    return process;
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      Signals.kill(process);
    }
  }
}
