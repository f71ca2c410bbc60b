package dev.gatewright.logout;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

/** The table {@code logout_request}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface LogoutRequestRepository extends GenericRepository<LogoutRequestRow, byte[]> {
  Optional<LogoutRequestRow> findByHandleHash(byte[] handleHash);

  LogoutRequestRow save(LogoutRequestRow row);

  @Query("delete from logout_request where handle_hash = :handleHash")
  long deleteByHandleHash(byte[] handleHash);

  @Query("delete from logout_request where expires_at < :now limit :most")
  long deleteExpired(Instant now, int most);
}
