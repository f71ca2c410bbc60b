package dev.gatewright.grant;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code refresh_token}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface RefreshTokenRepository extends GenericRepository<RefreshToken, byte[]> {
  Optional<RefreshToken> findByTokenHash(byte[] tokenHash);

  RefreshToken save(RefreshToken token);

  /** The write that decides who redeems: 1 for exactly one caller. */
  @Query(
      "update refresh_token set redeemed_at = :now where token_hash = :tokenHash and redeemed_at is"
          + " null and expires_at > :now and (idle_expires_at is null or idle_expires_at > :now)")
  long redeem(byte[] tokenHash, Instant now);

  /** The write that decides whether a successor is handed out again: 0 once it was used. */
  @Query(
      "update refresh_token set repeated_at = :now where token_hash = :tokenHash and redeemed_at is"
          + " null and expires_at > :now and (idle_expires_at is null or idle_expires_at > :now)")
  long repeat(byte[] tokenHash, Instant now);

  @Query(
      "update refresh_token set expires_at = :now where grant_id = :grantId and expires_at > :now")
  long expireByGrant(@BinaryUuid UUID grantId, Instant now);

  @Query("delete from refresh_token where expires_at < :now limit :most")
  long deleteExpired(Instant now, int most);
}
