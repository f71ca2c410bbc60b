package dev.gatewright.benchmark;

import dev.gatewright.benchmark.report.Measured;
import dev.gatewright.benchmark.report.Numbers;
import dev.gatewright.benchmark.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same operations on more and more data. */
final class Growth {
  private final Map<Integer, List<Measured>> sizes = new LinkedHashMap<>();

  /** Adds what was measured with so many users: of each size the same operations. */
  void add(int users, List<Measured> measured) {
    sizes.put(users, measured);
  }

  /** What was measured with the fewest. */
  List<Measured> smallest() {
    return sizes.values().iterator().next();
  }

  boolean isEmpty() {
    return sizes.isEmpty();
  }

  /** Whether there is anything to compare. */
  boolean hasSeveral() {
    return sizes.size() > 1;
  }

  /** A line for each operation, a column for each size, and what the largest makes of the first. */
  Table table() {
    List<String> heads = new ArrayList<>(List.of("per second, by users"));
    sizes.keySet().forEach(size -> heads.add(String.format(Locale.ROOT, "%,d", size)));
    heads.add("change");
    Table table = new Table(heads.toArray(String[]::new));
    for (int operation = 0; operation < smallest().size(); operation++) {
      List<Measured> line = line(operation);
      List<String> cells = new ArrayList<>(List.of(line.getFirst().operation()));
      line.forEach(each -> cells.add(Numbers.rate(each.rate())));
      double change = line.getLast().rate() / line.getFirst().rate() - 1;
      cells.add(
          Double.isFinite(change) ? String.format(Locale.ROOT, "%+.0f %%", change * 100) : "");
      table.add(cells.toArray(String[]::new));
    }
    return table;
  }

  private List<Measured> line(int operation) {
    return sizes.values().stream().map(measured -> measured.get(operation)).toList();
  }
}
