package dev.gatewright.grant;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code access_grant}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface AccessGrantRepository extends GenericRepository<AccessGrant, UUID> {
  Optional<AccessGrant> findById(@BinaryUuid UUID id);

  AccessGrant save(AccessGrant grant);

  @Query("update access_grant set revoked_at = :now where id = :id and revoked_at is null")
  long revoke(@BinaryUuid UUID id, Instant now);

  @Query("update access_grant set revoked_at = :now where user_id = :userId and revoked_at is null")
  long revokeByUser(@BinaryUuid UUID userId, Instant now);

  @Query(
      "update access_grant set revoked_at = :now where user_id = :userId and id <> :keep and"
          + " revoked_at is null")
  long revokeByUserExcept(@BinaryUuid UUID userId, @BinaryUuid UUID keep, Instant now);

  @Query(
      "update access_grant set revoked_at = :now where client_id = :clientId and revoked_at is"
          + " null")
  long revokeByClient(String clientId, Instant now);

  @Query(
      "update access_grant set revoked_at = :now where session_id = :sessionId"
          + " and outlives_session = false and revoked_at is null")
  long revokeBySession(@BinaryUuid UUID sessionId, Instant now);

  @Query(
      "update access_grant set revoked_at = :now where user_id = :userId and session_id is not null"
          + " and outlives_session = false and session_id <> :keepSid and id <> :keep"
          + " and revoked_at is null")
  long revokeBySessionsOf(
      @BinaryUuid UUID userId, @BinaryUuid UUID keepSid, @BinaryUuid UUID keep, Instant now);

  @Query("delete from access_grant where expires_at < :now limit :most")
  long deleteExpired(Instant now, int most);
}
