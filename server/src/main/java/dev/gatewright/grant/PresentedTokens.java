package dev.gatewright.grant;

import dev.gatewright.crypto.Ids;
import dev.gatewright.database.RowReader;
import dev.gatewright.user.User;
import dev.gatewright.user.UserRows;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.model.runtime.RuntimeEntityRegistry;
import io.micronaut.data.model.runtime.RuntimePersistentEntity;
import io.micronaut.data.runtime.config.DataSettings;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a presented token stands for, in one reading: every use of a token begins here, so it costs
 * one round trip to the database, and sees one moment of it.
 */
@Singleton
public class PresentedTokens {
  private final ConnectionOperations<Connection> connections;
  private final UserRows users;
  private final Clock clock;
  private final String grantOfAccessToken;
  private final String refreshToken;

  PresentedTokens(
      ConnectionOperations<Connection> connections,
      RuntimeEntityRegistry entities,
      UserRows users,
      Clock clock) {
    this.connections = connections;
    this.users = users;
    this.clock = clock;
    String grantAndUser =
        columns(entities.getEntity(AccessGrant.class), "g")
            + ", "
            + columns(entities.getEntity(User.class), "u");
    this.grantOfAccessToken =
        "select "
            + grantAndUser
            + " from access_grant g join user_account u on u.id = g.user_id"
            + " left join revoked_token r on r.jti = ? where g.id = ? and r.jti is null";
    this.refreshToken =
        "select "
            + columns(entities.getEntity(RefreshToken.class), "t")
            + ", "
            + grantAndUser
            + " from refresh_token t join access_grant g on g.id = t.grant_id"
            + " join user_account u on u.id = g.user_id where t.token_hash = ?";
  }

  /**
   * The grant that an access token names; empty when it, the token by itself or the user has ended.
   */
  public Optional<LiveGrant> grantOf(UUID grantId, UUID jti) {
    return read(
            grantOfAccessToken,
            statement -> {
              statement.setBytes(1, Ids.bytes(jti));
              statement.setBytes(2, Ids.bytes(grantId));
            },
            row -> new LiveGrant(AccessGrant.of(row), users.read(row)))
        .filter(live -> live.grant().isLive(clock.instant()));
  }

  /** The refresh token, good or not; empty when it is not of ours, or its user is gone. */
  public Optional<PresentedRefreshToken> refreshToken(String token) {
    return read(
        refreshToken,
        statement -> statement.setBytes(1, RefreshTokenForm.key(token)),
        row ->
            new PresentedRefreshToken(RefreshToken.of(row), AccessGrant.of(row), users.read(row)));
  }

  private <T> Optional<T> read(String query, Parameters parameters, Row<T> row) {
    return connections.execute(
        ConnectionDefinition.DEFAULT,
        status -> {
          DataSettings.QUERY_LOG.debug("Executing Query: {}", query);
          try (PreparedStatement statement = status.getConnection().prepareStatement(query)) {
            parameters.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(row.read(new RowReader(rows))) : Optional.empty();
            }
          } catch (SQLException e) {
            throw new DataAccessException("A presented token could not be looked up", e);
          }
        });
  }

  /** The columns of an entity, in the order of the record's components. */
  private static String columns(RuntimePersistentEntity<?> entity, String alias) {
    return Arrays.stream(entity.getIntrospection().getConstructorArguments())
        .map(component -> entity.getPropertyByName(component.getName()))
        .map(property -> alias + "." + property.getPersistedName())
        .collect(Collectors.joining(", "));
  }

  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private interface Row<T> {
    T read(RowReader row) throws SQLException;
  }
}
