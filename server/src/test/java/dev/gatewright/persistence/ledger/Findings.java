package dev.gatewright.persistence.ledger;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was looked at, and what was not as it must be. */
final class Findings {
  private final Map<Check, Integer> looked = new EnumMap<>(Check.class);
  private final Map<Check, List<String>> found = new EnumMap<>(Check.class);

  /** Looks at one thing. */
  synchronized void expect(Check check, boolean asItMustBe, String otherwise) {
    looked.merge(check, 1, Integer::sum);
    if (!asItMustBe) {
      found.computeIfAbsent(check, fresh -> new ArrayList<>()).add(otherwise);
    }
  }

  synchronized int looked(Check check) {
    return looked.getOrDefault(check, 0);
  }

  synchronized List<String> of(Check check) {
    return List.copyOf(found.getOrDefault(check, List.of()));
  }

  /** The checks that found something. */
  synchronized List<Check> checks() {
    return List.copyOf(found.keySet());
  }

  /** All that was found, a line each. */
  synchronized List<String> all() {
    return found.entrySet().stream()
        .flatMap(each -> each.getValue().stream().map(what -> each.getKey() + ": " + what))
        .toList();
  }
}
