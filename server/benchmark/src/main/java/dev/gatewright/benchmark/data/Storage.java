package dev.gatewright.benchmark.data;

import dev.gatewright.benchmark.process.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a table takes, by {@code information_schema}.
 *
 * @param data bytes of its rows
 * @param index bytes of its secondary indexes
 */
public record Storage(String table, long rows, long data, long index) {
  private static final List<String> TABLES =
      List.of("user_account", "consent", "access_grant", "refresh_token");

  /** Of the tables that grow with users and tokens; none for the embedded database. */
  public static List<Storage> of(Database database) throws SQLException {
    List<Storage> found = new ArrayList<>();
    if (database.isEmbedded()) {
      return found;
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        PreparedStatement sizes =
            connection.prepareStatement(
                "select data_length, index_length from information_schema.tables"
                    + " where table_schema = database() and table_name = ?")) {
      for (String table : TABLES) {
        statement.execute("analyze table " + table); // else the sizes are of an earlier time
        found.add(of(table, statement, sizes));
      }
    }
    return found;
  }

  private static Storage of(String table, Statement statement, PreparedStatement sizes)
      throws SQLException {
    long rows;
    try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
      count.next();
      rows = count.getLong(1);
    }
    sizes.setString(1, table);
    try (ResultSet size = sizes.executeQuery()) {
      size.next();
      return new Storage(table, rows, size.getLong(1), size.getLong(2));
    }
  }

  /** Of data and indexes together. */
  public double bytesPerRow() {
    return rows == 0 ? 0 : (double) (data + index) / rows;
  }
}
