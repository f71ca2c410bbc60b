package dev.gatewright.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/conformance.md} names tests that exist, and each module of the OpenID plans. */
class ConformancePageTest {
  private static final Path ROOT = root();
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");
  private static final Pattern MODULE_ROW = Pattern.compile("^\\| `(oidcc-[\\w-]+)` \\| (.*) \\|$");
  private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");
  private static final Pattern MODULES =
      Pattern.compile("@Module\\(\\{?([^)]*?)\\}?\\)[^;{]*?void (\\w+)\\(", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("\"(oidcc-[\\w-]+)\"");

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    Map<String, Set<String>> tests = methodsOfTests();
    List<String> missing = new ArrayList<>();
    Matcher named = NAMED.matcher(page());
    int count = 0;
    while (named.find()) {
      count++;
      if (!tests.getOrDefault(named.group(1), Set.of()).contains(named.group(2))) {
        missing.add(named.group());
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(count > 100, "the page names hardly any test");
  }

  @Test
  void everyRowOfThePageNamesATest() throws IOException {
    List<String> without =
        page()
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| clause"))
            .filter(line -> !line.startsWith("| module") && !NAMED.matcher(line).find())
            .toList();
    assertEquals(List.of(), without);
  }

  @Test
  void everyModuleOfThePlansHasATestAndThePageSaysWhich() throws IOException {
    Map<String, Set<String>> annotated = testsOfModules();
    assertEquals(new TreeSet<>(Files.readAllLines(modules())), annotated.keySet());

    Map<String, Set<String>> stated = new TreeMap<>();
    page()
        .lines()
        .map(MODULE_ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> stated.put(row.group(1), namedIn(row.group(2))));
    assertEquals(annotated, stated);
  }

  private static Set<String> namedIn(String cell) {
    Set<String> names = new TreeSet<>();
    Matcher named = NAMED.matcher(cell);
    while (named.find()) {
      names.add(named.group(1) + "." + named.group(2));
    }
    return names;
  }

  private static Map<String, Set<String>> testsOfModules() throws IOException {
    Map<String, Set<String>> tests = new TreeMap<>();
    for (Path source : sources()) {
      Matcher annotation = MODULES.matcher(Files.readString(source));
      while (annotation.find()) {
        String test = className(source) + "." + annotation.group(2);
        Matcher name = NAME.matcher(annotation.group(1));
        while (name.find()) {
          tests.computeIfAbsent(name.group(1), key -> new TreeSet<>()).add(test);
        }
      }
    }
    return tests;
  }

  private static Map<String, Set<String>> methodsOfTests() throws IOException {
    Map<String, Set<String>> methods = new HashMap<>();
    for (Path source : sources()) {
      Matcher method = METHOD.matcher(Files.readString(source));
      while (method.find()) {
        methods
            .computeIfAbsent(className(source), key -> new LinkedHashSet<>())
            .add(method.group(1));
      }
    }
    return methods;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("server", "generated-client")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/test/java"))) {
        files.filter(file -> file.toString().endsWith("Test.java")).forEach(sources::add);
      }
    }
    return sources;
  }

  private static String className(Path source) {
    return source.getFileName().toString().replace(".java", "");
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/conformance.md"));
  }

  private static Path modules() {
    return ROOT.resolve("server/src/test/resources/conformance/modules.txt");
  }

  /** The project's root, wherever the tests are run from. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (Files.notExists(folder.resolve("docs/conformance.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
