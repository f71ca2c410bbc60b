package dev.gatewright.registration;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The table {@code initial_access_token}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface InitialAccessTokenRepository extends GenericRepository<InitialAccessToken, UUID> {
  InitialAccessToken save(InitialAccessToken token);

  /** The write that decides whether one more client registers: 1 while there are uses left. */
  @Query(
      "update initial_access_token set uses_left = uses_left - 1"
          + " where token_hash = :tokenHash and uses_left > 0 and expires_at > :now")
  long use(byte[] tokenHash, Instant now);

  @Query(
      "select * from initial_access_token where id > :after and uses_left > 0 and expires_at > :now"
          + " order by id limit :limit")
  List<InitialAccessToken> listAfter(@BinaryUuid UUID after, Instant now, int limit);

  @Query("delete from initial_access_token where id = :id")
  long deleteById(@BinaryUuid UUID id);

  @Query("delete from initial_access_token where expires_at < :now limit :most")
  long deleteExpired(Instant now, int most);
}
