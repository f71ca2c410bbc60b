package dev.gatewright.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The database of one run: one that is started here, or one that is there. */
public final class Databases implements AutoCloseable {
  /** The server's own URL, for the time when the server is off. */
  private static final String H2 =
      "jdbc:h2:file:%s/gatewright;MODE=MySQL;DATABASE_TO_LOWER=TRUE"
          + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

  private final Database database;
  private final @Nullable MariaDb started;

  private Databases(Database database, @Nullable MariaDb started) {
    this.database = database;
    this.started = started;
  }

  /**
   * Opens what was asked for.
   *
   * @param kind {@code h2}, {@code mariadb} or a JDBC URL
   * @param memory for the buffer pool of a MariaDB that is started
   */
  public static Databases open(
      String kind, String username, String password, String memory, Path folder) {
    switch (kind) {
      case "h2" -> {
        Path data = Gatewright.dataFolder(folder);
        delete(data.resolve("gatewright.mv.db"));
        return new Databases(
            new Database(H2.formatted(data), "gatewright", "", OptionalLong.empty()), null);
      }
      case "mariadb" -> {
        MariaDb mariaDb = MariaDb.start(folder.resolve("mariadb"), memory);
        return new Databases(mariaDb.database(), mariaDb);
      }
      default -> {
        return new Databases(new Database(kind, username, password, Listener.behind(kind)), null);
      }
    }
  }

  public Database database() {
    return database;
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
