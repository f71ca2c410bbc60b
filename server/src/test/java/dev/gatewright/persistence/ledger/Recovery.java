package dev.gatewright.persistence.ledger;

import java.time.Duration;
import java.time.Instant;

/** After what was broken is mended, every node serves again by itself. */
final class Recovery {
  private Recovery() {}

  /** Waits until every node reaches its database, and says how long it took. */
  static Duration await(Nodes nodes, Duration patience, Findings findings) {
    Instant begin = Instant.now();
    Instant end = begin.plus(patience);
    for (int node = 0; node < nodes.size(); node++) {
      Reply health = nodes.sendTo(node, Request.get("/health"));
      while (!health.acknowledged() && Instant.now().isBefore(end)) {
        Pause.of(Duration.ofMillis(100));
        health = nodes.sendTo(node, Request.get("/health"));
      }
      findings.expect(
          Check.RECOVERY, health.acknowledged(), "node " + (node + 1) + " does not serve again");
    }
    return Duration.between(begin, Instant.now());
  }
}
