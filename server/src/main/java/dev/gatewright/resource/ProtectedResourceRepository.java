package dev.gatewright.resource;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code protected_resource}. Changing and deleting are conditional on the version. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ProtectedResourceRepository extends GenericRepository<ProtectedResourceRow, UUID> {
  Optional<ProtectedResourceRow> findById(@BinaryUuid UUID id);

  Optional<ProtectedResourceRow> findByIdentifier(String identifier);

  List<ProtectedResourceRow> findAll();

  ProtectedResourceRow save(ProtectedResourceRow row);

  ProtectedResourceRow update(ProtectedResourceRow row);

  void delete(ProtectedResourceRow row);

  /** The first resources after an id, oldest first. */
  @Query("SELECT * FROM protected_resource WHERE id > :after ORDER BY id LIMIT :limit")
  List<ProtectedResourceRow> listAfter(@BinaryUuid UUID after, int limit);
}
