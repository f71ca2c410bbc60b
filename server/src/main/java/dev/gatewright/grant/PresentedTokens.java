package dev.gatewright.grant;

import dev.gatewright.crypto.Ids;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.user.User;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.jdbc.operations.JdbcRepositoryOperations;
import io.micronaut.data.model.PersistentProperty;
import io.micronaut.data.model.runtime.RuntimeEntityRegistry;
import io.micronaut.data.model.runtime.RuntimePersistentEntity;
import io.micronaut.data.runtime.config.DataSettings;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a presented token stands for, in one reading: every use of a token begins here, so it costs
 * one round trip to the database, and sees one moment of it.
 */
@Singleton
public class PresentedTokens {
  private static final String GRANT = "g_";
  private static final String USER = "u_";
  private static final String TOKEN = "t_";

  private final JdbcRepositoryOperations operations;
  private final ConnectionOperations<Connection> connections;
  private final Clock clock;
  private final String grantOfAccessToken;
  private final String refreshToken;

  PresentedTokens(
      JdbcRepositoryOperations operations,
      ConnectionOperations<Connection> connections,
      RuntimeEntityRegistry entities,
      Clock clock) {
    this.operations = operations;
    this.connections = connections;
    this.clock = clock;
    String grantAndUser =
        columns(entities.getEntity(AccessGrant.class), "g", GRANT)
            + ", "
            + columns(entities.getEntity(User.class), "u", USER);
    this.grantOfAccessToken =
        "select "
            + grantAndUser
            + " from access_grant g join user_account u on u.id = g.user_id"
            + " left join revoked_token r on r.jti = ? where g.id = ? and r.jti is null";
    this.refreshToken =
        "select "
            + columns(entities.getEntity(RefreshToken.class), "t", TOKEN)
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
            row -> new LiveGrant(grant(row), user(row)))
        .filter(live -> live.grant().isLive(clock.instant()));
  }

  /** The refresh token, good or not; empty when it is not of ours, or its user is gone. */
  public Optional<PresentedRefreshToken> refreshToken(String token) {
    return read(
        refreshToken,
        statement -> statement.setBytes(1, Secrets.sha256(token)),
        row ->
            new PresentedRefreshToken(
                operations.readEntity(TOKEN, row, RefreshToken.class), grant(row), user(row)));
  }

  private AccessGrant grant(ResultSet row) {
    return operations.readEntity(GRANT, row, AccessGrant.class);
  }

  private User user(ResultSet row) {
    return operations.readEntity(USER, row, User.class);
  }

  private <T> Optional<T> read(String query, Parameters parameters, Row<T> row) {
    return connections.execute(
        ConnectionDefinition.DEFAULT,
        status -> {
          DataSettings.QUERY_LOG.debug("Executing Query: {}", query);
          try (PreparedStatement statement = status.getConnection().prepareStatement(query)) {
            parameters.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
            }
          } catch (SQLException e) {
            throw new DataAccessException("A presented token could not be looked up", e);
          }
        });
  }

  /** The columns of an entity, each under its name with a prefix. */
  private static String columns(RuntimePersistentEntity<?> entity, String alias, String prefix) {
    return Stream.concat(Stream.of(entity.getIdentity()), entity.getPersistentProperties().stream())
        .map(PersistentProperty::getPersistedName)
        .map(column -> alias + "." + column + " as " + prefix + column)
        .collect(Collectors.joining(", "));
  }

  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private interface Row<T> {
    T read(ResultSet row);
  }
}
