package dev.gatewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A server as a process of its own, on the embedded database in a folder, so that it can be killed
 * and started again. Neither tests nor test resources are on its class path.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(120);
  private static final String PASSWORD_MEMORY = "gatewright.passwords.memory=";

  private final Process process;
  private final URI issuer;
  private final StringBuffer said = new StringBuffer();
  private final Thread reader;

  private ServerProcess(Process process, URI issuer) {
    this.process = process;
    this.issuer = issuer;
    this.reader =
        Thread.ofVirtual()
            .start(() ->
                process.inputReader(UTF_8).lines().forEach(line -> said.append(line).append('\n')));
  }

  /** Starts it, without waiting; configuration as {@code name=value}. */
  static ServerProcess launch(int port, Path dataFolder, String... configuration) {
    return launch("", port, dataFolder, configuration);
  }

  /** The Java that this test runs on. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static ServerProcess launch(
      String environment, int port, Path dataFolder, String... configuration) {
    // it starts sooner so
    List<String> java = List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    return launch(java, environment, port, dataFolder, configuration);
  }

  private static ServerProcess launch(
      List<String> java, String environment, int port, Path dataFolder, String... configuration) {
    List<String> command = new ArrayList<>(java);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", classPath(), "dev.gatewright.Application"));
    command.add("-micronaut.server.port=" + port);
    command.add("-gatewright.data-dir=" + dataFolder);
    if (Arrays.stream(configuration).noneMatch(each -> each.startsWith(PASSWORD_MEMORY))) {
      command.add("-" + PASSWORD_MEMORY + "1024");
    }
    Arrays.stream(configuration).map(each -> "-" + each).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(?i)(micronaut|gatewright|datasources)[_.].*"));
    builder.environment().put("MICRONAUT_ENVIRONMENTS", environment);
    try {
      return new ServerProcess(builder.start(), URI.create("http://localhost:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a development server and waits until it answers, and has said so. */
  static ServerProcess start(int port, Path dataFolder, String... configuration) {
    return awaited(launch("dev", port, dataFolder, configuration));
  }

  /** As {@link #start}, by a command that begins with these words: {@link #java()} and options. */
  static ServerProcess startBy(
      List<String> java, int port, Path dataFolder, String... configuration) {
    return awaited(launch(java, "dev", port, dataFolder, configuration));
  }

  private static ServerProcess awaited(ServerProcess server) {
    try {
      server.awaitReady();
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI issuer() {
    return issuer;
  }

  long pid() {
    return process.pid();
  }

  /** Ends it as {@code kill} does, and gives all that it ever wrote. */
  String stop() {
    process.destroy();
    await();
    return said.toString();
  }

  /** Ends it as {@code kill -9} does: between two instructions, whichever they are. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Waits until it ends by itself, and gives its status. */
  int await() {
    try {
      if (!process.waitFor(LONGEST_START)) {
        throw new AssertionError("The server does not end: " + said);
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All that it has written so far, on both streams. */
  String said() {
    return said.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    await();
  }

  private void awaitReady() {
    HttpRequest discovery =
        HttpRequest.newBuilder(issuer.resolve("/.well-known/openid-configuration")).build();
    Instant latest = Instant.now().plus(LONGEST_START);
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!answers(http, discovery) || !said.toString().contains("Gatewright is ready.")) {
        if (!process.isAlive() || Instant.now().isAfter(latest)) {
          throw new AssertionError("The server did not start: " + said);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
