package dev.gatewright.codegen.lint;

import java.util.SortedSet;
import java.util.TreeSet;

/** What the rules have found so far; the same place is named once for the same mistake. */
final class Findings {
  private final SortedSet<Finding> all = new TreeSet<>();

  void add(Rule rule, Part where, String message) {
    all.add(new Finding(where.file().name(), where.line(), rule, message));
  }

  void check(boolean holds, Rule rule, Part where, String otherwise) {
    if (!holds) {
      add(rule, where, otherwise);
    }
  }

  SortedSet<Finding> all() {
    return all;
  }
}
