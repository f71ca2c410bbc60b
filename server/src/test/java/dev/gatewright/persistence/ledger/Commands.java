package dev.gatewright.persistence.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Programs that are not Java's, and where they are. */
final class Commands {
  private Commands() {}

  /**
   * The folder below which a program is: the one that the system property names, the system's, or
   * else the given one.
   */
  static Path root(String property, String program, String otherwise) {
    return Stream.of(System.getProperty(property), "/", otherwise)
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(root -> Files.isExecutable(root.resolve(program)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException("-D" + property + " must name a folder with " + program));
  }

  /** Runs a program to its end. */
  static void run(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      int status = builder.start().waitFor();
      if (status != 0) {
        throw new IllegalStateException(command.getFirst() + " ends with " + status + ": " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static List<String> plus(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toList();
  }
}
