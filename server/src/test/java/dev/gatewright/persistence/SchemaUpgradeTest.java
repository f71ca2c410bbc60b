package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What an older version has stored is there after the schema is brought up to date. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SchemaUpgradeTest {
  private final Database database;

  SchemaUpgradeTest(TestDatabase kind) {
    database = new Database(kind.fresh());
  }

  @Test
  void keysThatKnewNoRotationHaveSignedSinceTheyWereMade() {
    migrate("1");
    database.execute(
        "insert into signing_key (kid, alg, generation, public_jwk, private_jwk, created_at)"
            + " values ('a', 'ES256', 1, '{}', x'00', '2026-01-02 03:04:05.678901')");
    migrate("latest");

    assertEquals(
        List.of("2026-01-02 03:04:05.678901"),
        database.query("select cast(signs_from as char(26)) from signing_key"));
    assertEquals(
        List.of("2026-01-02 03:04:05.678901"),
        database.query("select cast(created_at as char(26)) from signing_key"));
  }

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(
            database.configuration().get("datasources.default.url").toString(),
            database.configuration().get("datasources.default.username").toString(),
            database.configuration().get("datasources.default.password").toString())
        .target(target)
        .load()
        .migrate();
  }
}
