package dev.gatewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The project in a folder of its own, as it is now and not yet built. It is built by Maven without
 * a network: from what the build around it, which has come as far as its tests, has fetched.
 */
final class ProjectCopy implements AutoCloseable {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> LEFT_OUT =
      Set.of("target", "node_modules", "data", ".git", "docs", "test");

  private final Path folder;
  private final int port;
  private @Nullable Process server;

  private ProjectCopy(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static ProjectCopy in(Path folder) throws IOException {
    Files.walkFileTree(
        PROJECT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(directory.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(folder.resolve(PROJECT.relativize(directory).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              Files.copy(file, folder.resolve(PROJECT.relativize(file).toString()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    try (ServerSocket free = new ServerSocket(0)) {
      return new ProjectCopy(folder, free.getLocalPort());
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Where the server answers once it is started. */
  URI address(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  void create(String file, String text) throws IOException {
    assertTrue(Files.notExists(path(file)), file + " is there already");
    Files.writeString(path(file), text);
  }

  /** Puts text below the one line that says this. */
  void insert(String file, String line, String text) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(path(file)));
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(line)) {
        found.add(i);
      }
    }
    assertEquals(1, found.size(), line + " in " + file);
    lines.addAll(found.getFirst() + 1, text.lines().toList());
    Files.write(path(file), lines);
  }

  /** Runs Maven to its end, and returns what it says. */
  String maven(String... arguments) throws IOException, InterruptedException {
    Process maven = process(arguments).start();
    String said = new String(maven.getInputStream().readAllBytes(), UTF_8);
    maven.waitFor();
    return said;
  }

  /** Runs Maven alone, which starts the server, and waits until it answers. */
  void start() throws IOException, InterruptedException {
    Path log = folder.resolve("server.log");
    server = process().redirectOutput(log.toFile()).start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest health = HttpRequest.newBuilder(address("/health")).build();
      for (int tenths = 0; ; tenths++) {
        assertTrue(server.isAlive() && tenths < 3000, () -> "It does not start:\n" + text(log));
        try {
          client.send(health, BodyHandlers.discarding());
          return;
        } catch (IOException e) {
          Thread.sleep(100); // not yet
        }
      }
    }
  }

  private ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>(List.of("mvn", "-o", "-B", "-Dstyle.color=never"));
    String repository = System.getProperty("localRepository");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("CI"); // whose build asks for more
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(?i)(micronaut|gatewright|datasources)[_.].*"));
    builder.environment().put("MICRONAUT_SERVER_PORT", String.valueOf(port));
    return builder;
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (server != null) {
      List<ProcessHandle> all = server.descendants().toList();
      all.forEach(ProcessHandle::destroy);
      server.destroy();
      server.waitFor(20, TimeUnit.SECONDS);
      for (ProcessHandle each : all) {
        each.onExit().completeOnTimeout(each, 20, TimeUnit.SECONDS).join();
      }
    }
  }
}
