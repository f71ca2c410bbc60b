package dev.gatewright.persistence;

import dev.gatewright.crypto.Secrets;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tables with many rows, as they would be after a while: some hundred users for each client, some
 * grants and sessions for each user, and one row in a hundred has expired. What a row holds is told
 * by its number and the names of the columns, so that a test can ask for it.
 */
final class FilledTables {
  private static final int CLIENTS = 500;
  private static final int USERS = 5_000;
  private static final int BATCH = 1_000;
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  /** What only certain texts may be in. */
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("role", "user"),
          Map.entry("phone_number", "+4930901820"),
          Map.entry("status", "pending"),
          Map.entry("scope", "openid"),
          Map.entry("default_scope", "openid"),
          Map.entry("resources", ""),
          Map.entry("amr", "pwd"),
          Map.entry("details", "{}"),
          Map.entry("options", "{}"),
          Map.entry("application_type", "web"),
          Map.entry("token_endpoint_auth_method", "none"),
          Map.entry("grant_types", "authorization_code"),
          Map.entry("redirect_uris", "https://app.example/callback"),
          Map.entry("refresh_token_policy", "always"),
          Map.entry("resource_server_for", ""),
          Map.entry("access_token_signed_response_alg", "ES256"),
          Map.entry("id_token_signed_response_alg", "ES256"),
          Map.entry("userinfo_claims", ""),
          Map.entry("id_token_claims", ""),
          Map.entry("claims", ""));

  private FilledTables() {}

  /** Adds rows to every table but those that time and administrators keep small. */
  static void fill(Database database, int rows) throws SQLException {
    try (Connection connection = database.connect("?rewriteBatchedStatements=true")) {
      connection.setAutoCommit(false);
      for (String table : tables(connection)) {
        fill(connection, table, rows);
      }
    }
  }

  /** The value of a column in the row of a number. */
  static Object value(Column column, int row) {
    return switch (column.type()) {
      case Types.BINARY, Types.VARBINARY -> bytes(column.name(), column.size(), row);
      case Types.TIMESTAMP -> Timestamp.from(time(column.name(), row));
      case Types.BIT, Types.BOOLEAN, Types.TINYINT -> false;
      case Types.INTEGER, Types.BIGINT ->
          Set.of("generation", "full_at").contains(column.name()) ? row : 1;
      default -> text(column.name(), row);
    };
  }

  /** The id in the row of a number: those of users are the first of a table's ids. */
  static UUID id(String column, int row) {
    return switch (column) {
      case "user_id", "consented_by", "selected_by" -> new UUID(7L << 12, row % USERS);
      case "id", "grant_id", "resource_id" -> new UUID(7L << 12, row);
      default -> new UUID(7L << 12, (row * 7919L) % 1_000_000_007L);
    };
  }

  static String text(String column, int row) {
    String known = TEXTS.get(column);
    if (known != null) {
      return known;
    }
    return switch (column) {
      case "client_id" -> "client-" + row % CLIENTS;
      case "user_code" -> "%08d".formatted(row);
      case "birthdate" -> "2000-01-01";
      default -> column + "-" + row;
    };
  }

  static byte[] hash(String column, int row) {
    return Secrets.sha256(column + row);
  }

  private static byte[] bytes(String column, int size, int row) {
    if (size != 16) {
      return hash(column, row);
    }
    UUID id = id(column, row);
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static Instant time(String column, int row) {
    return switch (column) {
      case "expires_at", "idle_expires_at", "due_at" ->
          row % 100 == 0 ? NOW.minusSeconds(86_400L * 3 + row) : NOW.plusSeconds(86_400L + row);
      case "occurred_at" ->
          row % 100 == 0 ? NOW.minusSeconds(86_400L * 400 + row) : NOW.minusSeconds(row);
      default -> NOW.minusSeconds(row);
    };
  }

  private static void fill(Connection connection, String table, int rows) throws SQLException {
    List<Column> columns = columns(connection.getMetaData(), table);
    int most =
        switch (table) {
          case "client", "registration_access_token" -> CLIENTS;
          case "user_account" -> USERS;
          case "signing_key", "lease" -> 0;
          default -> rows;
        };
    String sql =
        "insert ignore into %s (%s) values (%s)"
            .formatted(
                table,
                String.join(", ", columns.stream().map(Column::name).toList()),
                String.join(", ", Collections.nCopies(columns.size(), "?")));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int row = 0; row < most; row++) {
        for (int i = 0; i < columns.size(); i++) {
          insert.setObject(i + 1, stored(table, columns.get(i), row));
        }
        insert.addBatch();
        if (row % BATCH == BATCH - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
    connection.commit();
    try (Statement analyze = connection.createStatement()) {
      analyze.execute("analyze table " + table);
    }
  }

  /** What has not happened to most rows is null. */
  private static @Nullable Object stored(String table, Column column, int row) {
    return switch (column.name()) {
      case "due_at",
          "claim",
          "revoked_at",
          "redeemed_at",
          "repeated_at",
          "secret_hash",
          "polled_at" ->
          row % 50 == 1 ? value(column, row) : null;
      case "consented_by", "selected_by", "idle_expires_at" -> null;
      default -> value(column, row);
    };
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), null, "%", new String[] {"TABLE"})) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
      }
    }
    tables.remove("flyway_schema_history");
    return tables;
  }

  private static List<Column> columns(DatabaseMetaData database, String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (ResultSet found =
        database.getColumns(database.getConnection().getCatalog(), null, table, "%")) {
      while (found.next()) {
        columns.add(
            new Column(
                found.getString("COLUMN_NAME"),
                found.getInt("DATA_TYPE"),
                found.getInt("COLUMN_SIZE")));
      }
    }
    return columns;
  }

  /**
   * A column.
   *
   * @param type of {@link Types}
   * @param size in bytes or characters
   */
  record Column(String name, int type, int size) {}
}
