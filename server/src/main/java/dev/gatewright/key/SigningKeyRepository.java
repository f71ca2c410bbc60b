package dev.gatewright.key;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The table {@code signing_key}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface SigningKeyRepository extends GenericRepository<SigningKeyRow, String> {
  List<SigningKeyRow> findAll();

  SigningKeyRow save(SigningKeyRow row);
}
