package dev.gatewright.authorize;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

/** The table {@code authorization_code}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface AuthorizationCodeRepository extends GenericRepository<AuthorizationCode, byte[]> {
  Optional<AuthorizationCode> findByCodeHash(byte[] codeHash);

  AuthorizationCode save(AuthorizationCode code);

  /** The write that decides who redeems: 1 for exactly one caller. */
  @Query(
      "update authorization_code set redeemed_at = :now"
          + " where code_hash = :codeHash and redeemed_at is null and expires_at > :now")
  long redeem(byte[] codeHash, Instant now);

  @Query("delete from authorization_code where expires_at < :before limit :most")
  long deleteExpired(Instant before, int most);
}
