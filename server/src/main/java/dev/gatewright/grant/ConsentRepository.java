package dev.gatewright.grant;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code consent}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ConsentRepository extends GenericRepository<AccessGrant, UUID> {
  @Query("select scope, claims from consent where user_id = :userId and client_id = :clientId")
  Optional<Consent> find(@BinaryUuid UUID userId, String clientId);

  /** The first consent: 0 when there is one already. */
  @Query(
      "insert ignore into consent (user_id, client_id, scope, claims, created_at, updated_at)"
          + " values (:userId, :clientId, :scope, :claims, :now, :now)")
  long add(@BinaryUuid UUID userId, String clientId, String scope, String claims, Instant now);

  /** Another consent in the place of the one that was read: 0 when it has changed meanwhile. */
  @Query(
      "update consent set scope = :scope, claims = :claims, updated_at = :now"
          + " where user_id = :userId and client_id = :clientId"
          + " and scope = :scopeBefore and claims = :claimsBefore")
  long replace(
      @BinaryUuid UUID userId,
      String clientId,
      String scopeBefore,
      String claimsBefore,
      String scope,
      String claims,
      Instant now);

  @Query("delete from consent where user_id = :userId")
  long deleteByUser(@BinaryUuid UUID userId);

  @Query("delete from consent where client_id = :clientId")
  long deleteByClient(String clientId);
}
