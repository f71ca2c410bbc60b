package dev.gatewright.database;

import dev.gatewright.settings.InvalidSettingException;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Refuses a server that is too old, before anything is written to it.
 *
 * <p>MySQL is known by its version. What others announce says little: clusters name versions of
 * MySQL that their applications ask for, and MariaDB before 11 says 5.5.5 when a connection begins,
 * for which Connector/J leaves out the fractions of seconds. So it is tried whether they arrive.
 */
@Singleton
final class DatabaseCheck implements BeanCreatedEventListener<DataSource>, Ordered {
  private static final Pattern MYSQL =
      Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)(?!.*(MariaDB|TiDB)).*");
  private static final int[] OLDEST = {8, 0, 19};
  private static final LocalDateTime EXACT = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000);

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    DataSource source = event.getBean();
    try (Connection connection = source.getConnection()) {
      if (connection.getMetaData().getURL().startsWith("jdbc:mysql:")) {
        String version = version(connection);
        objection(version, keepsFractions(connection))
            .ifPresent(sentence -> {
              throw new InvalidSettingException(sentence);
            });
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be asked for its version", e);
    }
    return source;
  }

  /** Before the schema is brought up to date. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /**
   * What is to be said against a server.
   *
   * @param version as {@code select version()} tells it
   * @param exact whether a time comes back with its microseconds
   */
  static Optional<String> objection(String version, boolean exact) {
    Matcher mysql = MYSQL.matcher(version);
    if (mysql.matches() && isOlder(mysql)) {
      return Optional.of(
          "The database at datasources.default.url is MySQL "
              + version
              + ", but it must be MySQL 8.0.19 or later, or MariaDB 11 or later.");
    }
    return exact
        ? Optional.empty()
        : Optional.of(
            "The database at datasources.default.url ("
                + version
                + ") would lose the fractions of seconds, as MariaDB before 11 does with this"
                + " driver; it must be MariaDB 11 or later, or MySQL 8.0.19 or later.");
  }

  private static boolean isOlder(Matcher version) {
    for (int i = 0; i < OLDEST.length; i++) {
      int part = Integer.parseInt(version.group(i + 1));
      if (part != OLDEST[i]) {
        return part < OLDEST[i];
      }
    }
    return false;
  }

  private static String version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select version()")) {
      row.next();
      return row.getString(1);
    }
  }

  private static boolean keepsFractions(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select cast(? as datetime(6))")) {
      statement.setObject(1, EXACT);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return EXACT.equals(row.getObject(1, LocalDateTime.class));
      }
    }
  }
}
