package dev.gatewright.client.authentication;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;

/** The table {@code client_assertion}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface UsedAssertionRepository extends GenericRepository<UsedAssertion, byte[]> {

  /** The write that decides whose the assertion is: 1 for exactly one caller. */
  @Query(
      "insert ignore into client_assertion (client_id, jti_hash, expires_at)"
          + " values (:clientId, :jtiHash, :expiresAt)")
  long use(String clientId, byte[] jtiHash, Instant expiresAt);

  @Query("delete from client_assertion where expires_at < :now limit :most")
  long deleteExpired(Instant now, int most);
}
