package dev.gatewright.codegen.lint;

/**
 * A mistake in the contract.
 *
 * @param file the file, from the repository's root, with {@code /}
 * @param line the line, from 1
 * @param rule the rule that it breaks
 * @param message what is wrong
 */
public record Finding(String file, int line, Rule rule, String message)
    implements Comparable<Finding> {

  /** As compilers write it, so that editors and terminals make it a link. */
  @Override
  public String toString() {
    return "%s:%d: %s (%s)".formatted(file, line, message, rule.label());
  }

  @Override
  public int compareTo(Finding other) {
    int byFile = file.compareTo(other.file);
    int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
    return byLine != 0 ? byLine : message.compareTo(other.message);
  }
}
