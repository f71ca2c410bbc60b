package dev.gatewright.persistence;

import dev.gatewright.crypto.Ids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table {@code audit_event} as an operator reads it. */
public record AuditTrail(Database database) {
  private static final Set<String> BINARY = Set.of("id", "user_id", "request_id");

  /** One row; ids in their textual form, what is null is empty. */
  public record Row(Map<String, String> columns) {
    public String get(String column) {
      return columns.get(column);
    }

    /** Act, outcome, type of the actor, type of the subject. */
    String summary() {
      return Stream.of("act", "outcome", "actor_type", "subject_type")
          .map(this::get)
          .reduce((one, other) -> one + " " + other)
          .orElseThrow()
          .strip();
    }
  }

  /** All rows, in the order in which they were written. */
  public List<Row> rows() {
    String sql = "select * from audit_event order by id";
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<Row> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(row(found));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The rows that this leaves. */
  List<Row> during(Runnable act) {
    int before = rows().size();
    act.run();
    List<Row> after = rows();
    return after.subList(before, after.size());
  }

  private static Row row(ResultSet found) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
      String name = found.getMetaData().getColumnName(i).toLowerCase();
      @Nullable String value = BINARY.contains(name) ? uuid(found.getBytes(i)) : found.getString(i);
      columns.put(name, value == null ? "" : value);
    }
    return new Row(columns);
  }

  private static @Nullable String uuid(byte @Nullable [] bytes) {
    @Nullable UUID id = bytes == null ? null : Ids.uuid(bytes);
    return id == null ? null : id.toString();
  }
}
