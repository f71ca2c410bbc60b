package dev.gatewright.grant;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code revoked_token}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface RevokedTokenRepository extends GenericRepository<RevokedToken, UUID> {
  Optional<RevokedToken> findByJti(@BinaryUuid UUID jti);

  @Query("insert ignore into revoked_token (jti, expires_at) values (:jti, :expiresAt)")
  long add(@BinaryUuid UUID jti, Instant expiresAt);

  @Query("delete from revoked_token where expires_at < :now limit :most")
  long deleteExpired(Instant now, int most);
}
