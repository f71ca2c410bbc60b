package dev.gatewright.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, whose columns are also straight where it is read as it is. */
public final class Table {
  private final List<List<String>> lines = new ArrayList<>();

  public Table(String... heads) {
    lines.add(List.of(heads));
  }

  /** Adds a line. */
  public void add(String... cells) {
    lines.add(List.of(cells));
  }

  @Override
  public String toString() {
    int columns = lines.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < lines.size(); line++) {
      for (int column = 0; column < columns; column++) {
        String cell = lines.get(line).get(column);
        String space = " ".repeat(widths[column] - cell.length());
        text.append("| ").append(column == 0 ? cell + space : space + cell).append(' ');
      }
      text.append("|\n");
      if (line == 0) {
        for (int column = 0; column < columns; column++) {
          text.append(column == 0 ? "|:" : "|-").append("-".repeat(widths[column]));
          text.append(column == 0 ? "-" : ":");
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }
}
