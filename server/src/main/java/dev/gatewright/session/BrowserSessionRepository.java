package dev.gatewright.session;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code browser_session}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface BrowserSessionRepository extends GenericRepository<BrowserSession, byte[]> {
  Optional<BrowserSession> findByIdHash(byte[] idHash);

  boolean existsBySid(@BinaryUuid UUID sid);

  BrowserSession save(BrowserSession session);

  @Query(
      "select * from browser_session where user_id = :userId and sid < :before and expires_at >"
          + " :now and last_seen_at > :idleSince order by sid desc limit :count")
  List<BrowserSession> page(
      @BinaryUuid UUID userId, @BinaryUuid UUID before, Instant now, Instant idleSince, int count);

  @Query("update browser_session set last_seen_at = :now where id_hash = :idHash")
  long touch(byte[] idHash, Instant now);

  @Query("delete from browser_session where id_hash = :idHash")
  long deleteByIdHash(byte[] idHash);

  @Query("delete from browser_session where user_id = :userId")
  long deleteByUserId(@BinaryUuid UUID userId);

  @Query("delete from browser_session where sid = :sid and user_id = :userId")
  long deleteBySidAndUserId(@BinaryUuid UUID sid, @BinaryUuid UUID userId);

  @Query("delete from browser_session where user_id = :userId and sid <> :sid")
  long deleteByUserIdExcept(@BinaryUuid UUID userId, @BinaryUuid UUID sid);

  @Query("delete from browser_session where expires_at < :now limit :most")
  long deleteExpired(Instant now, int most);
}
