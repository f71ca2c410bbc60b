package dev.gatewright.http;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The table {@code attempt_limit}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface AttemptLimitRepository extends GenericRepository<AttemptLimitRow, byte[]> {

  /** The write that decides: 1 when an attempt was left. */
  @Query(
      "update attempt_limit"
          + " set full_at = case when full_at < :now then :now else full_at end + :refill"
          + " where key_hash = :keyHash and full_at <= :latest")
  long take(byte[] keyHash, long now, long refill, long latest);

  /** Takes the first attempt of a key: 1 for whoever made the row. */
  @Query("insert ignore into attempt_limit (key_hash, full_at) values (:keyHash, :fullAt)")
  long add(byte[] keyHash, long fullAt);

  @Query("select full_at from attempt_limit where key_hash = :keyHash")
  Optional<Long> findFullAt(byte[] keyHash);

  @Query("update attempt_limit set full_at = full_at - :refill where key_hash = :keyHash")
  long giveBack(byte[] keyHash, long refill);

  @Query("delete from attempt_limit where full_at < :now limit :most")
  long deleteFull(long now, int most);
}
