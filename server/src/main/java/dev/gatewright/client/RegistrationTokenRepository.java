package dev.gatewright.client;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The table {@code registration_access_token}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface RegistrationTokenRepository extends GenericRepository<RegistrationTokenRow, String> {
  Optional<RegistrationTokenRow> findByClientId(String clientId);

  RegistrationTokenRow save(RegistrationTokenRow row);

  @Query("delete from registration_access_token where client_id = :clientId")
  long deleteByClientId(String clientId);
}
