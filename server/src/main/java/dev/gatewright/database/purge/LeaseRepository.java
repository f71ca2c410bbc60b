package dev.gatewright.database.purge;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** The table {@code lease}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface LeaseRepository extends GenericRepository<LeaseRow, String> {
  Optional<LeaseRow> findByName(String name);

  /** The first to hold it: 0 when someone has held it before. */
  @Query("insert ignore into lease (name, holder, renewals) values (:name, :holder, 0)")
  long add(String name, @BinaryUuid UUID holder);

  /** The write that decides who holds it: 0 when it was renewed or taken meanwhile. */
  @Query(
      "update lease set holder = :holder, renewals = renewals + 1"
          + " where name = :name and renewals = :seen")
  long renew(String name, @BinaryUuid UUID holder, long seen);
}
