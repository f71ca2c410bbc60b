package dev.gatewright.persistence.ledger;

import java.time.Duration;
import java.util.List;

/**
 * The ledger as people read it.
 *
 * @param took the run from the start of the database
 * @param recovery the longest after a round
 */
record Report(
    Ledger ledger,
    Findings findings,
    Faults faults,
    Nodes nodes,
    Duration took,
    Duration recovery) {

  /** Tables: acts, faults, checks; then what was found. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Ledger of %s, %d rounds, seed %d, %d s%n%n"
            .formatted(Settings.DATABASE, Settings.ROUNDS, Settings.SEED, took.toSeconds()));
    row(text, "act", "acknowledged", "in doubt", "refused");
    for (Act act : Act.values()) {
      row(
          text,
          act.title(),
          ledger.count(act, Outcome.ACKNOWLEDGED),
          ledger.count(act, Outcome.IN_DOUBT),
          ledger.count(act, Outcome.REFUSED));
    }
    text.append('\n');
    row(text, "fault", "times");
    for (Fault fault : Fault.values()) {
      row(text, fault.title(), faults.counts().getOrDefault(fault, 0));
    }
    text.append("\nanswers: ").append(nodes.answers()).append('\n');
    text.append("longest recovery: %.1f s%n%n".formatted(recovery.toMillis() / 1000.0));
    row(text, "check", "looked at", "findings");
    for (Check check : Check.values()) {
      row(text, check.title(), findings.looked(check), findings.of(check).size());
    }
    for (String finding : findings.all()) {
      text.append("\n  ").append(finding);
    }
    return text.toString();
  }

  private static void row(StringBuilder text, Object title, Object... cells) {
    text.append("%-64s".formatted(title));
    for (Object cell : List.of(cells)) {
      text.append("%13s".formatted(cell));
    }
    text.append('\n');
  }
}
