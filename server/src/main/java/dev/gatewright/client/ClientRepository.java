package dev.gatewright.client;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The table {@code client}. Changing and deleting are conditional on the version. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ClientRepository extends GenericRepository<Client, String> {
  Optional<Client> findById(String clientId);

  Client save(Client client);

  Client update(Client client);

  void delete(Client client);

  /**
   * The first clients after a {@code client_id}, which need not exist; the empty string comes
   * before all.
   */
  @Query("SELECT * FROM client WHERE client_id > :after ORDER BY client_id LIMIT :limit")
  List<Client> listAfter(String after, int limit);
}
