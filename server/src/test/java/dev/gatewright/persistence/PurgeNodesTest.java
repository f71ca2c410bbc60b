package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Of several nodes one deletes what has expired; and when that one is gone, or hangs, another. */
@ParameterizedClass
@EnumSource(names = {"MARIADB", "MYSQL"})
class PurgeNodesTest {
  private static final Map<String, Object> BUSY =
      Map.of(
          "gatewright.issuer", "http://localhost:9999",
          "gatewright.purge.interval", "100ms",
          "gatewright.purge.rows", 10,
          "gatewright.purge.pause", "1ms",
          "gatewright.purge.lease", "3s");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Database database;

  PurgeNodesTest(TestDatabase kind) {
    assertNotEquals(TestDatabase.H2, kind);
    database = new Database(kind.fresh());
  }

  @Test
  void oneNodePurgesAndWhenItIsGoneAnotherDoes() throws Exception {
    try (Node first = Node.start(database, BUSY);
        Node second = Node.start(database, BUSY)) {
      awaitPurged(500);
      List<Node> busy = List.of(first, second).stream().filter(node -> purged(node) > 0).toList();
      assertEquals(1, busy.size());
      assertEquals(500, purged(busy.getFirst()), "each row is deleted once, and counted");
      Node other = busy.getFirst().equals(first) ? second : first;

      busy.getFirst().close(); // its lease is not given back, as if it had been killed
      awaitPurged(300);
      assertEquals(300, purged(other));
    }
  }

  /** It has the lease when it is stopped, and goes on as if nothing had been; but not to purge. */
  @Test
  void nodeThatHangsHandsOver() throws Exception {
    try (ServerProcess hanging = ServerProcess.start(node())) {
      awaitPurged(20);
      try (Node other = Node.start(database, BUSY)) {
        signal("-STOP", hanging);
        awaitPurged(300);
        assertEquals(300, purged(other));

        signal("-CONT", hanging);
        awaitPurged(500);
        assertEquals(800, purged(other));
      }
    }
  }

  private Map<String, Object> node() {
    Map<String, Object> configuration = new HashMap<>(database.configuration());
    configuration.putAll(BUSY);
    configuration.put("gatewright.master-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    return configuration;
  }

  private void awaitPurged(int rows) throws InterruptedException {
    StoredRows.expiring(
        database, "revoked_token", "jti", Instant.now().minus(Duration.ofHours(1)), rows);
    await(() -> database.count("revoked_token") == 0);
  }

  private static double purged(Node node) {
    Counter counter =
        node.bean(MeterRegistry.class)
            .find("gatewright.purged.rows")
            .tag("table", "revoked_token")
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private static void signal(String signal, ServerProcess server) throws Exception {
    String pid = String.valueOf(server.process().pid());
    assertEquals(0, new ProcessBuilder("kill", signal, pid).start().waitFor());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
      Thread.sleep(50);
    }
    assertTrue(condition.getAsBoolean(), "It has not happened in " + PATIENCE);
  }
}
