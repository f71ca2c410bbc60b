package dev.gatewright.benchmark.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that the server has written, to be multiplied. Whatever columns there are, copies have the
 * same in them, except for those that tell one from another.
 */
record Row(String table, List<String> columns, List<@Nullable Object> values) {

  /** The newest row that fulfils a condition. */
  static Row read(Connection connection, String table, String condition, Object argument)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select * from " + table + " where " + condition + " order by created_at desc")) {
      select.setObject(1, argument);
      select.setMaxRows(1);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalStateException("The server has written no row of " + table);
        }
        return read(table, rows);
      }
    }
  }

  private static Row read(String table, ResultSet row) throws SQLException {
    ResultSetMetaData metaData = row.getMetaData();
    List<String> columns = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (int column = 1; column <= metaData.getColumnCount(); column++) {
      columns.add(metaData.getColumnName(column));
      values.add(
          metaData.getColumnType(column) == Types.CLOB
              ? row.getString(column)
              : row.getObject(column));
    }
    return new Row(table, columns, values);
  }

  /** The value of a column. */
  @Nullable Object value(String column) {
    return values.get(columns.indexOf(column));
  }

  /** Inserts a copy, unless it is there. */
  String insert() {
    return "insert ignore into %s (%s) values (%s)"
        .formatted(
            table,
            String.join(", ", columns),
            String.join(", ", Collections.nCopies(columns.size(), "?")));
  }

  /** Adds a copy to the batch of {@link #insert}, with these columns changed. */
  void addTo(PreparedStatement insert, Map<String, ?> changed) throws SQLException {
    for (int column = 0; column < columns.size(); column++) {
      String name = columns.get(column);
      insert.setObject(
          column + 1, changed.containsKey(name) ? changed.get(name) : values.get(column));
    }
    insert.addBatch();
  }
}
