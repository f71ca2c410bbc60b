package dev.gatewright.client.origin;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * The step of the schema after {@code V11__client_origin.sql}: writes the origins of the clients
 * that were registered before it, which takes more than SQL.
 */
@Singleton
final class FillClientOrigins implements JavaMigration {
  private static final int BATCH = 500;

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("11.1");
  }

  @Override
  public String getDescription() {
    return "fill client origin";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    String last = "";
    for (int read = BATCH; read == BATCH; ) {
      read = 0;
      try (PreparedStatement select =
              connection.prepareStatement(
                  "select client_id, redirect_uris from client where client_id > ?"
                      + " order by client_id limit "
                      + BATCH);
          PreparedStatement insert =
              connection.prepareStatement(
                  "insert ignore into client_origin (origin, client_id) values (?, ?)")) {
        select.setString(1, last);
        try (ResultSet clients = select.executeQuery()) {
          while (clients.next()) {
            read++;
            last = clients.getString(1);
            addBatch(insert, last, clients.getString(2));
          }
        }
        insert.executeBatch();
      }
    }
  }

  /** Lists are separated by spaces in the database. */
  private static void addBatch(PreparedStatement insert, String clientId, String redirectUris)
      throws SQLException {
    for (ClientOrigin row : ClientOrigins.rows(clientId, List.of(redirectUris.split(" ")))) {
      insert.setString(1, row.origin());
      insert.setString(2, row.clientId());
      insert.addBatch();
    }
  }
}
