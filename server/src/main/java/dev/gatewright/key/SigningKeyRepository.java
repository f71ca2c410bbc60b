package dev.gatewright.key;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The table {@code signing_key}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface SigningKeyRepository extends GenericRepository<SigningKeyRow, String> {
  /** The unique index that lets one of two nodes make a generation. */
  String GENERATION_INDEX = "signing_key_generation";

  List<SigningKeyRow> findAll();

  /** Fails as a duplicate of {@link #GENERATION_INDEX} when the generation is there already. */
  SigningKeyRow save(SigningKeyRow row);

  @Query("select count(*) from signing_key where alg = :alg and generation > :generation")
  long countNewer(String alg, int generation);

  @Query("update signing_key set private_jwk = :sealed where kid = :kid")
  long reseal(String kid, byte[] sealed);

  @Query("delete from signing_key where kid = :kid")
  long deleteByKid(String kid);
}
