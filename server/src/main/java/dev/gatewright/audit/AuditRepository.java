package dev.gatewright.audit;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.UUID;

/** The table {@code audit_event}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface AuditRepository extends GenericRepository<AuditRow, UUID> {
  AuditRow save(AuditRow row);

  @Query("delete from audit_event where occurred_at < :before limit :most")
  long deleteOlder(Instant before, int most);
}
