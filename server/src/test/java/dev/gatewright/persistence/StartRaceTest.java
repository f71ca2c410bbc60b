package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.TestDatabase;
import dev.gatewright.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes that start at the same moment over a schema that is not there yet. */
class StartRaceTest {
  private static final int ROUNDS = Integer.getInteger("races.starts", 2);

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void oneBringsTheSchemaAndAllServe(TestDatabase kind) {
    for (int round = 0; round < ROUNDS; round++) {
      int next = round;
      Map<String, Object> fresh = kind.fresh();
      List<TestServer> nodes =
          Race.run(
              2,
              i ->
                  () -> {
                    Map<String, Object> configuration =
                        new HashMap<>(kind.forNode(i * (next % 2), fresh));
                    configuration.put("gatewright.issuer", "http://localhost:9999");
                    return TestServer.start(configuration);
                  });
      nodes.forEach(TestServer::close);
      assertEquals(
          List.of(),
          new Database(fresh)
              .query("select script from flyway_schema_history where success = false"));
    }
  }
}
