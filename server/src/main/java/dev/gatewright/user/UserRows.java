package dev.gatewright.user;

import dev.gatewright.database.RowReader;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** Reads accounts in queries that join them to something else. */
@Singleton
public final class UserRows {
  private final DetailsColumn details;

  UserRows(DetailsColumn details) {
    this.details = details;
  }

  /** An account from its columns, in the order of the record's components. */
  public User read(RowReader row) throws SQLException {
    return new User(
        row.id(),
        row.string(),
        row.string(),
        row.stringOrNull(),
        row.stringOrNull(),
        row.flag(),
        row.timeOrNull(),
        row.string(),
        row.stringOrNull(),
        row.stringOrNull(),
        row.stringOrNull(),
        row.stringOrNull(),
        row.flag(),
        details.read(row.string()),
        Role.of(row.string()),
        row.number(),
        row.time(),
        row.time());
  }
}
