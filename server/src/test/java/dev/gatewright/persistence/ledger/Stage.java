package dev.gatewright.persistence.ledger;

import dev.gatewright.TestDatabase;
import dev.gatewright.TestServer;
import dev.gatewright.persistence.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A server within this process, reached as two nodes, where nothing breaks. */
record Stage(TestServer server, Database database, Nodes nodes) implements AutoCloseable {
  private static final int STEPS = 60;
  private static final int ROTATIONS = 6;

  static Stage start() {
    Map<String, Object> configuration = new HashMap<>(TestDatabase.MARIADB.fresh());
    Database database = new Database(Map.copyOf(configuration));
    try {
      Path bootstrap = Files.createTempFile(Path.of("target"), "ledger-", ".yml");
      Files.writeString(bootstrap, Scene.BOOTSTRAP);
      configuration.put("gatewright.bootstrap-file", bootstrap.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TestServer server = TestServer.start(configuration);
    return new Stage(server, database, new Nodes(List.of(server.issuer(), server.issuer())));
  }

  /** Acts of every kind, and the ledger of them. */
  Ledger play() {
    Ledger ledger = new Ledger();
    AtomicInteger rotations = new AtomicInteger(ROTATIONS);
    new KeyKeeper(nodes, ledger, 1, 1, () -> rotations.getAndDecrement() > 0).run();
    AtomicInteger steps = new AtomicInteger(STEPS);
    new Actor(nodes, ledger, 1, 1, () -> steps.getAndDecrement() > 0).run();
    return ledger;
  }

  /** What all checks find. */
  Findings examine(Ledger ledger) {
    Findings findings = new Findings();
    Examination.of(ledger, nodes, List.of(database), findings);
    return findings;
  }

  /** Whether a check finds something. */
  boolean finds(Check check, Ledger ledger) {
    Findings findings = new Findings();
    switch (check) {
      case AUDIT -> new AuditCheck(database, findings).run(ledger);
      case ACCOUNTS, CONSENTS -> new AccountCheck(nodes, findings).run(ledger);
      case ROTATIONS -> KeySets.of(nodes).check(ledger, findings);
      default -> new TokenCheck(nodes, KeySets.of(nodes), findings).run(ledger);
    }
    return findings.checks().contains(check);
  }

  @Override
  public void close() {
    nodes.close();
    server.close();
  }
}
