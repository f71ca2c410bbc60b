package dev.gatewright.benchmark.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packaged server as docs/operations.md says that it is run: {@code java @gatewright.options
 * -jar gatewright-server.jar}, configured by its environment.
 *
 * @param jar its libraries are in {@code lib} beside it
 * @param folder where its data, bootstrap file and log are
 * @param options of its JVM
 * @param algorithm that signs tokens of users
 */
public record Gatewright(
    Path jar, Path folder, List<String> options, String algorithm, Database database, Cores cores) {
  private static final String READY = "/health";

  /** The same in every run, so that a database can be measured again. It protects nothing. */
  private static final String MASTER_KEY = "YmVuY2htYXJrLW9mLWdhdGV3cmlnaHQtMzItYnl0ZXM=";

  /** What tokens name; the port may be another, for who the server is, is configured. */
  private static final String ISSUER = "http://localhost:8080";

  /** Starts it; {@code moreOptions} are of its JVM. */
  public HttpProcess start(String... moreOptions) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(moreOptions));
    int port = HttpProcess.freePort();
    return HttpProcess.start(cores.measured(command(all)), environment(port), port, READY, folder);
  }

  /**
   * Makes an AOT cache for it, as docs/operations.md says: in the environment {@code dev}, with
   * data of its own; it is written when that server stops.
   */
  public Path makeAotCache() {
    Path training = folder.resolve("aot");
    Path cache = training.resolve("gatewright.aot");
    List<String> all = new ArrayList<>(options);
    all.add("-XX:AOTCacheOutput=" + cache);
    int port = HttpProcess.freePort();
    Map<String, String> environment =
        Map.of(
            "MICRONAUT_ENVIRONMENTS", "dev",
            "GATEWRIGHT_DATA_DIR", dataFolder(training).toString(),
            "MICRONAUT_SERVER_PORT", Integer.toString(port));
    HttpProcess.start(command(all), environment, port, READY, training).close();
    if (!Files.exists(cache)) {
      throw new IllegalStateException("No AOT cache was written; see " + training);
    }
    return cache;
  }

  private List<String> command(List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("@" + optionsFile(jar));
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** The {@code java} that the benchmark runs on, and everything that it starts. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The options that come with the package. */
  static Path optionsFile(Path jar) {
    return jar.resolveSibling("gatewright.options");
  }

  /** What its JVM is set to: the options that come with the package, and those given. */
  public String describeOptions() {
    try (Stream<String> lines = Files.lines(optionsFile(jar))) {
      return Stream.concat(
              lines.map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")),
              options.stream())
          .collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the embedded database is. */
  public static Path dataFolder(Path folder) {
    return folder.resolve("data");
  }

  private Map<String, String> environment(int port) {
    Map<String, String> environment = new HashMap<>();
    environment.put("GATEWRIGHT_ISSUER", ISSUER);
    environment.put("GATEWRIGHT_MASTER_KEY", MASTER_KEY);
    environment.put("GATEWRIGHT_DATA_DIR", dataFolder(folder).toString());
    environment.put("GATEWRIGHT_BOOTSTRAP_FILE", bootstrapFile().toString());
    environment.put("BENCHMARK_ALGORITHM", algorithm);
    environment.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    environment.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    if (!database.isEmbedded()) {
      environment.put("DATASOURCES_DEFAULT_URL", database.url());
      environment.put("DATASOURCES_DEFAULT_USERNAME", database.username());
      environment.put("DATASOURCES_DEFAULT_PASSWORD", database.password());
    }
    return environment;
  }

  private Path bootstrapFile() {
    Path file = folder.resolve("bootstrap.yml");
    try (InputStream in = Gatewright.class.getResourceAsStream("/bootstrap.yml")) {
      Files.createDirectories(folder);
      Files.copy(Objects.requireNonNull(in), file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
