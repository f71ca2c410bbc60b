package dev.gatewright.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What is measured and how: the system properties {@code benchmark.…} that docs/performance.md
 * lists.
 *
 * @param server the packaged server's jar, its libraries in {@code lib} beside it
 * @param folder where the benchmark works and writes what it found
 * @param database {@code h2}, {@code mariadb} or a JDBC URL
 * @param databaseMemory the buffer pool of a MariaDB that is started here, such as {@code 1G}
 * @param operations their names; empty: all
 * @param time of one run
 * @param warmup before the first run of each operation
 * @param rows how many users there are, and as many consents, grants and refresh tokens: one size
 *     after the other, each larger than the one before
 * @param algorithm that signs the tokens of users
 * @param ceilings whether the machine is measured too
 * @param starts how often a cold start is measured, with and without an AOT cache; 0: not at all
 * @param serverOptions options for the server's JVM
 */
record Settings(
    Path server,
    Path folder,
    String database,
    String databaseUsername,
    String databasePassword,
    String databaseMemory,
    List<String> operations,
    int connections,
    Duration time,
    int runs,
    Duration warmup,
    List<Integer> rows,
    String algorithm,
    boolean ceilings,
    int starts,
    List<String> serverOptions) {
  private static final int LEAST_ROWS = 100;
  private static final Set<String> ALGORITHMS = Set.of("ES256", "RS256", "PS256", "EdDSA");

  Settings {
    require(Files.exists(server), "server", server, "the packaged server, made by mvn package");
    require(
        Set.of("h2", "mariadb").contains(database) || database.startsWith("jdbc:mysql:"),
        "database",
        database,
        "h2, mariadb or a URL jdbc:mysql:…");
    require(
        !rows.isEmpty() && rows.equals(rows.stream().sorted().distinct().toList()),
        "rows",
        rows,
        "one number or more, ascending");
    require(ALGORITHMS.contains(algorithm), "algorithm", algorithm, "one of " + ALGORITHMS);
  }

  static Settings fromSystemProperties() {
    return new Settings(
        Path.of(text("server")).toAbsolutePath().normalize(),
        Path.of(text("folder")).toAbsolutePath().normalize(),
        text("database"),
        text("database.username"),
        text("database.password"),
        text("database.memory"),
        text("operations").equals("all") ? List.of() : words("operations"),
        number("connections", 1),
        Duration.ofSeconds(number("seconds", 1)),
        number("runs", 1),
        Duration.ofSeconds(number("warmup", 0)),
        words("rows").stream().map(word -> number("rows", word, LEAST_ROWS)).toList(),
        text("algorithm"),
        Boolean.parseBoolean(text("ceilings")),
        number("starts", 0),
        words("server.options"));
  }

  boolean measures(String operation) {
    return operations.isEmpty() || operations.contains(operation);
  }

  private static String text(String name) {
    return System.getProperty("benchmark." + name, "").strip();
  }

  private static List<String> words(String name) {
    return Arrays.stream(text(name).split("[ ,]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static int number(String name, int least) {
    return number(name, text(name), least);
  }

  private static int number(String name, String value, int least) {
    boolean right = value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least;
    require(right, name, value, "a number of at least " + least);
    return Integer.parseInt(value);
  }

  private static void require(boolean right, String name, Object value, String allowed) {
    if (!right) {
      throw new IllegalArgumentException(
          "benchmark.%s is '%s', but it must be %s.".formatted(name, value, allowed));
    }
  }
}
