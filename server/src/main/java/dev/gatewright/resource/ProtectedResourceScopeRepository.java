package dev.gatewright.resource;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/** The table {@code protected_resource_scope}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ProtectedResourceScopeRepository
    extends GenericRepository<ProtectedResourceScopeRow, String> {
  List<ProtectedResourceScopeRow> findByResourceIdOrderByPosition(@BinaryUuid UUID resourceId);

  List<ProtectedResourceScopeRow> findAll();

  ProtectedResourceScopeRow save(ProtectedResourceScopeRow row);

  void deleteByResourceId(@BinaryUuid UUID resourceId);
}
