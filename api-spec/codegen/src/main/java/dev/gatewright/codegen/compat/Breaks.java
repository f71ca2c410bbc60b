package dev.gatewright.codegen.compat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found to break callers, one sentence each. */
final class Breaks {
  private final Set<String> sentences = new LinkedHashSet<>();

  void add(String where, String sentence, Object... values) {
    sentences.add(where + ": " + sentence.formatted(values));
  }

  List<String> sentences() {
    return List.copyOf(sentences);
  }

  /** Of the first, what the second lacks. */
  static <T> List<T> gone(Collection<? extends T> before, Collection<? extends T> now) {
    List<T> gone = new ArrayList<>(before);
    gone.removeAll(now);
    return gone;
  }
}
