package dev.gatewright.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every hand-written Java file is as google-java-format writes it.
 *
 * <p>A test and not a Maven plugin: the formatter needs a newer JVM than Maven's own. With {@code
 * -Dformat=apply} it formats what is not.
 */
class FormatTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> OUTSIDE = Set.of("target", "node_modules", "data", ".git");
  private static final boolean APPLY = "apply".equals(System.getProperty("format"));

  @Test
  void sourcesAreFormatted() throws IOException {
    Formatter formatter =
        new Formatter(JavaFormatterOptions.builder().reorderModifiers(true).build());
    List<Path> sources = sources();
    List<String> unformatted =
        sources.parallelStream()
            .filter(source -> !isFormatted(formatter, source))
            .map(source -> REPOSITORY.relativize(source).toString())
            .sorted()
            .toList();

    assertTrue(sources.size() > 100, "Too few sources to be all of them: " + sources.size());
    assertEquals(
        List.of(),
        unformatted,
        "Format them: mvn test -Dtest=FormatTest -Dformat=apply"
            + " -Dsurefire.failIfNoSpecifiedTests=false");
  }

  private static boolean isFormatted(Formatter formatter, Path source) {
    try {
      String text = Files.readString(source);
      String formatted =
          formatter.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(text));
      if (APPLY && !formatted.equals(text)) {
        Files.writeString(source, formatted);
        return true;
      }
      return formatted.equals(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new AssertionError(source + " cannot be formatted", e);
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(
        REPOSITORY,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return OUTSIDE.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }
}
