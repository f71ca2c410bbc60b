package dev.gatewright.persistence;

import dev.gatewright.TestDatabase;
import dev.gatewright.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two instances of the server that share nothing but a database: two processes, or on H2, which one
 * process has to itself, two within this one.
 *
 * @param urls where they are reached
 */
record TwoNodes(List<String> urls, List<AutoCloseable> servers) implements AutoCloseable {
  static final String ISSUER = "http://localhost:9999";

  private static final Map<String, Object> SAME =
      Map.of(
          "gatewright.issuer",
          ISSUER,
          "gatewright.master-key",
          "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
          "logger.levels.dev.gatewright",
          "WARN", // in races thousands are refused
          "gatewright.passwords.memory",
          64,
          "gatewright.passwords.iterations",
          1);

  /** Starts them on a fresh database. */
  static TwoNodes start(TestDatabase kind, Map<String, Object> more) {
    Map<String, Object> configuration = new HashMap<>(kind.fresh());
    configuration.putAll(SAME);
    configuration.putAll(more);
    TwoNodes nodes = new TwoNodes(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < 2; i++) {
      if (kind == TestDatabase.H2) {
        nodes.add(TestServer.start(configuration));
      } else {
        nodes.add(process(kind.forNode(i, configuration)));
      }
    }
    return nodes;
  }

  private static ServerProcess process(Map<String, Object> configuration) {
    try {
      return ServerProcess.start(configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(TestServer server) {
    urls.add(server.issuer());
    servers.add(server);
  }

  private void add(ServerProcess server) {
    urls.add(server.issuer());
    servers.add(server);
  }

  /** The one or the other. */
  String url(int i) {
    return urls.get(i % urls.size());
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
  }
}
