package dev.gatewright.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The database of one run: one that is started here, or one that is there. */
public final class Databases implements AutoCloseable {
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
    return switch (kind) {
      case "h2" -> new Databases(embedded(Gatewright.dataFolder(folder)), null);
      case "mariadb" -> {
        MariaDb mariaDb = MariaDb.start(folder.resolve("mariadb"), memory);
        yield new Databases(mariaDb.database(), mariaDb);
      }
      default -> new Databases(new Database(kind, username, password, Listener.behind(kind)), null);
    };
  }

  /** An empty one, by the server's own URL, for the time when the server is off. */
  private static Database embedded(Path data) {
    try {
      Files.deleteIfExists(data.resolve("gatewright.mv.db"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String url =
        "jdbc:h2:file:"
            + data
            + "/gatewright;MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    return new Database(url, "gatewright", "", OptionalLong.empty());
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
}
