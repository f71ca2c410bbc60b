package dev.gatewright.database;

import dev.gatewright.crypto.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a row from its first column to its last, by position: for the few queries that every token
 * costs. The data layer's own reader looks each column up by its name, for which the driver sorts
 * all names anew in every result: a tenth of what an introspection took.
 */
public final class RowReader {
  private final ResultSet row;
  private int column;

  public RowReader(ResultSet row) {
    this.row = row;
  }

  public String string() throws SQLException {
    return row.getString(++column);
  }

  public @Nullable String stringOrNull() throws SQLException {
    return row.getString(++column);
  }

  public byte[] bytes() throws SQLException {
    return row.getBytes(++column);
  }

  public UUID id() throws SQLException {
    return Ids.uuid(bytes());
  }

  public @Nullable UUID idOrNull() throws SQLException {
    byte @Nullable [] bytes = row.getBytes(++column);
    return bytes == null ? null : Ids.uuid(bytes);
  }

  public boolean flag() throws SQLException {
    return row.getBoolean(++column);
  }

  public int number() throws SQLException {
    return row.getInt(++column);
  }

  public Instant time() throws SQLException {
    return row.getTimestamp(++column).toInstant();
  }

  public @Nullable Instant timeOrNull() throws SQLException {
    @Nullable Timestamp time = row.getTimestamp(++column);
    return time == null ? null : time.toInstant();
  }
}
