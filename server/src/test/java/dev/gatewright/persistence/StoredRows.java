package dev.gatewright.persistence;

import dev.gatewright.client.Client;
import dev.gatewright.crypto.Ids;
import dev.gatewright.crypto.Secrets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows written past the server. */
final class StoredRows {
  private static final Instant CREATED = Instant.parse("2020-01-01T00:00:00Z");

  private StoredRows() {}

  /** A device of the client's, good for the next minute. */
  static String device(Database database, Client client, String status) {
    String code = Secrets.random("");
    Map<String, Object> row = columns("device_authorization", Instant.now().plusSeconds(60));
    row.put("client_id", client.clientId());
    row.put("status", status);
    insert(
        database, "device_authorization", "device_code_hash", row, List.of(Secrets.sha256(code)));
    return code;
  }

  /** Rows of a table that have or will have expired at a time. */
  static List<byte[]> expiring(
      Database database, String table, String key, Instant expiresAt, int count) {
    int length = List.of("jti", "id").contains(key) ? 16 : 32;
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(Secrets.bytes(length));
    }
    insert(database, table, key, columns(table, expiresAt), keys);
    return keys;
  }

  static String hex(UUID id) {
    return hex(Ids.bytes(id));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** What a row of the table cannot be without, beside its key. */
  private static Map<String, Object> columns(String table, Instant expiresAt) {
    Map<String, Object> row = new LinkedHashMap<>();
    if (table.equals("audit_event")) {
      row.put("occurred_at", expiresAt);
      row.put("act", "login");
      row.put("outcome", "refused");
      row.put("actor_type", "anonymous");
      row.put("detail", "");
      return row;
    }
    if (table.equals("attempt_limit")) {
      row.put("full_at", expiresAt.toEpochMilli());
      return row;
    }
    row.put("expires_at", expiresAt);
    if (table.equals("revoked_token")) {
      return row;
    }
    if (table.equals("client_assertion")) {
      row.put("client_id", "a-client");
      return row;
    }
    row.put("created_at", CREATED);
    switch (table) {
      case "refresh_token" -> row.put("grant_id", Ids.next());
      case "access_grant" -> grantedColumns(row);
      case "authorization_code" -> {
        grantedColumns(row);
        row.put("session_id", Ids.next());
        row.put("redirect_uri", "https://app.example/callback");
        row.put("redirect_uri_sent", true);
        row.put("grant_id", Ids.next());
      }
      case "device_authorization" -> {
        row.put("client_id", "a-client");
        row.put("scope", "openid");
        row.put("resources", "");
        row.put("status", "pending");
        row.put("poll_interval", 5);
        row.put("grant_id", Ids.next());
      }
      case "browser_session" -> {
        row.put("user_id", Ids.next());
        row.put("amr", "pwd");
        row.put("auth_time", CREATED);
        row.put("last_seen_at", CREATED);
      }
      case "authorization_request" -> {
        row.put("client_id", "a-client");
        row.put("parameters", "");
        row.put("denied", false);
      }
      case "session_client" -> {
        row.put("client_id", "a-client");
        row.put("user_id", Ids.next());
        row.put("subject", "a-user");
        row.put("attempts", 0);
      }
      case "logout_request" -> row.put("proven", false);
      case "initial_access_token" -> {
        row.put("name", "a token");
        row.put("uses_left", 1);
      }
      default -> throw new IllegalArgumentException(table);
    }
    return row;
  }

  private static void grantedColumns(Map<String, Object> row) {
    row.put("user_id", Ids.next());
    row.put("client_id", "a-client");
    row.put("scope", "openid");
    row.put("resources", "");
    row.put("auth_time", CREATED);
    row.put("amr", "pwd");
  }

  private static void insert(
      Database database, String table, String key, Map<String, Object> row, List<byte[]> keys) {
    List<String> names = new ArrayList<>(row.keySet());
    names.add(key);
    switch (table) { // what is unique, too
      case "browser_session", "session_client" -> names.add("sid");
      case "device_authorization" -> names.add("user_code");
      case "initial_access_token" -> names.add("token_hash");
      default -> {}
    }
    String sql =
        "insert into %s (%s) values (%s)"
            .formatted(
                table,
                String.join(", ", names),
                String.join(", ", Collections.nCopies(names.size(), "?")));
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      connection.setAutoCommit(false);
      for (byte[] bytes : keys) {
        int position = 1;
        for (Object value : row.values()) {
          statement.setObject(position++, sqlValue(value));
        }
        statement.setBytes(position++, bytes);
        switch (table) {
          case "browser_session", "session_client" ->
              statement.setBytes(position, Arrays.copyOf(bytes, 16));
          case "device_authorization" -> statement.setString(position, hex(bytes).substring(0, 8));
          case "initial_access_token" -> statement.setBytes(position, Secrets.sha256(hex(bytes)));
          default -> {}
        }
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static Object sqlValue(Object value) {
    return switch (value) {
      case Instant time -> time.atOffset(ZoneOffset.UTC).toLocalDateTime();
      case UUID id -> Ids.bytes(id);
      default -> value;
    };
  }
}
