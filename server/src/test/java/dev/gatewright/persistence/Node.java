package dev.gatewright.persistence;

import dev.gatewright.TestDatabase;
import dev.gatewright.TestServer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** A server and its database. */
record Node(TestServer server, Database database) implements AutoCloseable {
  private static final Map<TestDatabase, Node> SHARED = new EnumMap<>(TestDatabase.class);

  /**
   * The server that the tests of this JVM share. Aborts the test where there is no such database.
   */
  static synchronized Node shared(TestDatabase kind) {
    return SHARED.computeIfAbsent(kind, fresh -> start(new Database(fresh.fresh()), Map.of()));
  }

  /** A server on a database that others may use as well. */
  static Node start(Database database, Map<String, Object> more) {
    Map<String, Object> configuration = new HashMap<>(database.configuration());
    configuration.put("gatewright.passwords.queue", 200); // races are lost in the database
    configuration.putAll(more);
    return new Node(TestServer.start(configuration), database);
  }

  <T> T bean(Class<T> type) {
    return server.bean(type);
  }

  @Override
  public void close() {
    server.close();
  }
}
