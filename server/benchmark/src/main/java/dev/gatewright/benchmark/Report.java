package dev.gatewright.benchmark;

import dev.gatewright.benchmark.data.Storage;
import dev.gatewright.benchmark.report.Measured;
import dev.gatewright.benchmark.report.Numbers;
import dev.gatewright.benchmark.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
            "µs each",
            "load");
    for (Measured each : measured) {
      table.add(
          each.operation(),
          Integer.toString(each.connections()),
          Numbers.rate(each.rate()),
          range(each),
          Numbers.millis(each.percentile(50)),
          Numbers.millis(each.percentile(99)),
          Long.toString(each.failed()),
          Numbers.percent(each.share(each.server())),
          String.format(Locale.ROOT, "%,.0f", each.microsPerAct(each.server())),
          embedded ? "in it" : Numbers.percent(each.share(each.database())),
          embedded ? "" : String.format(Locale.ROOT, "%,.0f", each.microsPerAct(each.database())),
          Numbers.percent(each.share(each.load())));
    }
    table(table);
    failures(measured).forEach(this::paragraph);
  }

  /** What two kinds of callers do beside each other. */
  void mixed(List<Measured> measured) {
    Table table =
        new Table(
            "beside each other",
            "connections",
            "per second",
            "range",
            "p50 ms",
            "p99 ms",
            "longest ms",
            "errors");
    for (Measured each : measured) {
      table.add(
          each.operation(),
          Integer.toString(each.connections()),
          Numbers.rate(each.rate()),
          range(each),
          Numbers.millis(each.percentile(50)),
          Numbers.millis(each.percentile(99)),
          Numbers.millis(each.percentile(100)),
          Long.toString(each.failed()));
    }
    table(table);
    failures(measured).forEach(this::paragraph);
  }

  /** What servers that do one thing were found to do, and loops. */
  void ceilings(List<Measured> servers, Map<String, String> loops) {
    Table table =
        new Table("ceiling of one core", "connections", "per second", "range", "p99 ms", "load");
    for (Measured each : servers) {
      table.add(
          each.operation(),
          Integer.toString(each.connections()),
          Numbers.rate(each.rate()),
          range(each),
          Numbers.millis(each.percentile(99)),
          Numbers.percent(each.share(each.load())));
    }
    loops.forEach((name, value) -> {
      if (!name.equals("provider")) {
        table.add(name, "", Numbers.rate(Double.parseDouble(value)), "", "", "");
      }
    });
    table(table);
    paragraph("Signed by " + loops.getOrDefault("provider", "nobody") + ".");
  }

  /** Cold starts. */
  void starts(List<Starts> starts) {
    if (starts.isEmpty()) {
      return;
    }
    Table table =
        new Table("start", "to the first 200, median", "range", "resident memory at rest");
    for (Starts each : starts) {
      table.add(
          each.name() + ", " + each.times().size() + " times",
          Numbers.seconds(each.median()),
          Numbers.seconds(each.times().getFirst())
              + " – "
              + Numbers.seconds(each.times().getLast()),
          Numbers.megabytes(each.atRest()));
    }
    table(table);
  }

  /** What the server held, in bytes, before and after all of the load, and at most. */
  void memory(long before, long after, long most) {
    paragraph(
        "Resident memory of the server that was driven: %s before, %s after, at most %s."
            .formatted(
                Numbers.megabytes(before), Numbers.megabytes(after), Numbers.megabytes(most)));
  }

  /** What rows take. */
  void storage(List<Storage> tables) {
    if (tables.isEmpty()) {
      return; // the embedded database does not say
    }
    Table table = new Table("table", "rows", "data", "indexes", "bytes a row");
    for (Storage each : tables) {
      table.add(
          each.table(),
          String.format(Locale.ROOT, "%,d", each.rows()),
          Numbers.megabytes(each.data()),
          Numbers.megabytes(each.index()),
          String.format(Locale.ROOT, "%,.0f", each.bytesPerRow()));
    }
    table(table);
    paragraph(
        String.format(
            Locale.ROOT,
            "A user takes %,.0f bytes, a consent %,.0f, a refresh token with its grant %,.0f.",
            tables.get(0).bytesPerRow(),
            tables.get(1).bytesPerRow(),
            tables.get(2).bytesPerRow() + tables.get(3).bytesPerRow()));
  }

  void write(Path file) throws IOException {
    Files.writeString(file, text);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String range(Measured each) {
    return Numbers.rate(each.slowest()) + " – " + Numbers.rate(each.fastest());
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
