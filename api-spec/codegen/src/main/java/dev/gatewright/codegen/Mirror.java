package dev.gatewright.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes one folder of Java sources like another, and leaves a file alone that is the same already.
 * Its time stamp stays, and so the compiler is not asked to do again what it has done.
 */
final class Mirror {

  private Mirror() {}

  /** Copies what differs, and deletes what the first folder does not have. */
  static void copy(Path fresh, Path sources) throws IOException {
    Set<Path> wanted = files(fresh);
    for (Path file : wanted) {
      copyIfChanged(fresh.resolve(file), sources.resolve(file));
    }
    for (Path file : files(sources)) {
      if (!wanted.contains(file)) {
        Files.delete(sources.resolve(file));
      }
    }
  }

  /** Writes a text, unless it stands there already. */
  static void writeIfChanged(Path file, String text) throws IOException {
    if (Files.notExists(file) || !Files.readString(file).equals(text)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  /** Deletes a folder and all that is in it. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copyIfChanged(Path from, Path to) throws IOException {
    if (Files.notExists(to) || Files.mismatch(from, to) >= 0) {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Set<Path> files(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(folder::relativize)
          .collect(Collectors.toSet());
    }
  }
}
