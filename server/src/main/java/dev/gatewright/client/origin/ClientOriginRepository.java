package dev.gatewright.client.origin;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.Optional;

/** The table {@code client_origin}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ClientOriginRepository extends GenericRepository<ClientOrigin, ClientOrigin> {
  void saveAll(Collection<ClientOrigin> rows);

  @Query("select client_id from client_origin where origin = :origin limit 1")
  Optional<String> findAnyClient(String origin);

  @Query("delete from client_origin where client_id = :clientId")
  long deleteByClient(String clientId);
}
