package dev.gatewright.persistence.ledger;

import dev.gatewright.persistence.Database;
import java.time.Duration;
import java.util.List;

/** All checks, those of the database first: the others write to it. */
final class Examination {
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Examination() {}

  static void of(Ledger ledger, Nodes nodes, List<Database> databases, Findings findings) {
    nodes.waitFor(PATIENCE);
    for (Database database : databases) {
      RowCheck.run(database, findings);
      new AuditCheck(database, findings).run(ledger);
    }
    KeySets keySets = KeySets.of(nodes);
    keySets.check(ledger, findings);
    new TokenCheck(nodes, keySets, findings).run(ledger);
    new AccountCheck(nodes, findings).run(ledger);
    List<String> wrong = nodes.wrong();
    findings.expect(Check.ANSWERS, wrong.isEmpty(), String.join("\n", wrong));
  }

  /** Waits until nothing is carried out any more of what was held up. */
  static void awaitQuiet(Database database) {
    int before = -1;
    int now = database.count("audit_event");
    while (before != now) {
      Pause.of(QUIET);
      before = now;
      now = database.count("audit_event");
    }
  }
}
