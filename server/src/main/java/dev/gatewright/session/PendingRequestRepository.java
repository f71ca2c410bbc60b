package dev.gatewright.session;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code authorization_request}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface PendingRequestRepository extends GenericRepository<PendingRequestRow, byte[]> {
  Optional<PendingRequestRow> findByHandleHash(byte[] handleHash);

  PendingRequestRow save(PendingRequestRow row);

  @Query("update authorization_request set selected_by = :userId where handle_hash = :handleHash")
  long select(byte[] handleHash, @BinaryUuid UUID userId);

  @Query("update authorization_request set consented_by = :userId where handle_hash = :handleHash")
  long consent(byte[] handleHash, @BinaryUuid UUID userId);

  @Query("update authorization_request set denied = true where handle_hash = :handleHash")
  long deny(byte[] handleHash);

  @Query("delete from authorization_request where handle_hash = :handleHash")
  long deleteByHandleHash(byte[] handleHash);

  @Query("delete from authorization_request where expires_at < :now limit :most")
  long deleteExpired(Instant now, int most);
}
