package dev.gatewright.persistence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A database that nothing else uses, past the server.
 *
 * @param configuration what the server is configured with to use it
 */
public record Database(Map<String, Object> configuration) {

  public Connection connect() throws SQLException {
    return connect("");
  }

  /** A connection with properties that are written behind the URL. */
  Connection connect(String properties) throws SQLException {
    return DriverManager.getConnection(
        setting("url") + properties, setting("username"), setting("password"));
  }

  /** Runs one statement and returns how many rows it changed. */
  public int execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of what a query finds, as text. */
  public List<String> query(String sql) {
    return query(sql, rows -> rows.getString(1));
  }

  /** The first column of what a query finds. */
  public List<byte[]> queryBytes(String sql) {
    return query(sql, rows -> rows.getBytes(1));
  }

  private <T> List<T> query(String sql, Column<T> column) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> values = new ArrayList<>();
      while (rows.next()) {
        values.add(column.read(rows));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private String setting(String name) {
    return configuration.get("datasources.default." + name).toString();
  }

  private interface Column<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** How many rows a table has, or a part of it: {@code table where …}. */
  public int count(String table) {
    return Integer.parseInt(query("select count(*) from " + table).getFirst());
  }
}
