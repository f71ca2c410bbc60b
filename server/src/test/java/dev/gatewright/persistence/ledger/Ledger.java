package dev.gatewright.persistence.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was asked, and what became of it, in the order in which the answers came. What one user did
 * is in the order in which it was done.
 */
final class Ledger {
  private final List<Entry> entries = new ArrayList<>();

  Ledger() {}

  Ledger(List<Entry> entries) {
    this.entries.addAll(entries);
  }

  synchronized void add(Entry entry) {
    entries.add(entry);
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  List<Entry> of(Act act) {
    return entries().stream().filter(entry -> entry.act() == act).toList();
  }

  List<Entry> of(Act act, Outcome outcome) {
    return entries().stream().filter(entry -> entry.is(act, outcome)).toList();
  }

  Map<String, List<Entry>> byUser() {
    return grouped(Entry::user);
  }

  /** What concerns each grant, by its id; what its user did to all grants is not among it. */
  Map<String, List<Entry>> byGrant() {
    return grouped(entry -> entry.act() == Act.CHANGE_PASSWORD ? "" : entry.grant());
  }

  private Map<String, List<Entry>> grouped(Function<Entry, String> key) {
    Map<String, List<Entry>> groups =
        entries().stream()
            .filter(entry -> !entry.user().isEmpty())
            .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    groups.remove("");
    return groups;
  }

  /** How many acts ended so. */
  long count(Act act, Outcome outcome) {
    return of(act, outcome).size();
  }
}
