package dev.gatewright.benchmark;

import dev.gatewright.benchmark.report.Measured;
import dev.gatewright.benchmark.report.Numbers;
import dev.gatewright.benchmark.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that one run found, in Markdown. */
final class Report {
  private final StringBuilder text = new StringBuilder();

  void heading(String heading) {
    text.append("### ").append(heading).append("\n\n");
  }

  void paragraph(String paragraph) {
    text.append(paragraph).append("\n\n");
  }

  void table(Table table) {
    text.append(table).append('\n');
  }

  /** What operations were found to do. */
  void operations(List<Measured> measured, boolean embedded) {
    Table table =
        new Table(
            "operation",
            "connections",
            "per second",
            "range",
            "p50 ms",
            "p99 ms",
            "errors",
            "server",
            "µs each",
            "database",
            "µs each");
    for (Measured each : measured) {
      table.add(
          each.operation(),
          Integer.toString(each.connections()),
          Numbers.rate(each.rate()),
          Numbers.rate(each.slowest()) + " – " + Numbers.rate(each.fastest()),
          Numbers.millis(each.percentile(50)),
          Numbers.millis(each.percentile(99)),
          Long.toString(each.failed()),
          Numbers.percent(each.share(each.server())),
          Numbers.text("%,.0f", each.microsPerAct(each.server())),
          embedded ? "in it" : Numbers.percent(each.share(each.database())),
          embedded ? "" : Numbers.text("%,.0f", each.microsPerAct(each.database())));
    }
    table(table);
    for (String line : failures(measured)) {
      paragraph(line);
    }
  }

  void write(Path file) throws IOException {
    Files.writeString(file, text);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static List<String> failures(List<Measured> measured) {
    List<String> lines = new ArrayList<>();
    for (Measured each : measured) {
      each.failures()
          .forEach(
              (why, count) -> lines.add("%s: %,d × `%s`".formatted(each.operation(), count, why)));
    }
    return lines;
  }
}
