package dev.gatewright.persistence;

import dev.gatewright.Application;
import dev.gatewright.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server in a process of its own, in India, as {@code mvn} starts it. Closing it kills it. */
public record ServerProcess(Process process, int port, Path log) implements AutoCloseable {
  private static final String PORT = "micronaut.server.port";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Starts it, configured by its environment, and waits until it answers. */
  public static ServerProcess start(Map<String, Object> configuration) throws IOException {
    int port = configuration.get(PORT) instanceof Integer given ? given : freePort();
    Path log = Files.createTempFile(Path.of("target"), "server-", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it starts sooner
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-classpath");
    command.add(System.getProperty("java.class.path"));
    command.add(Application.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    configuration.forEach((name, value) -> environment.put(variable(name), value.toString()));
    environment.put(variable(PORT), String.valueOf(port));
    environment.put("MICRONAUT_ENVIRONMENTS", "dev");
    environment.put("TZ", "Asia/Kolkata");
    ServerProcess server = new ServerProcess(builder.start(), port, log);
    server.awaitAnswer();
    return server;
  }

  public String issuer() {
    return "http://localhost:" + port;
  }

  public String output() throws IOException {
    return Files.readString(log);
  }

  /** Tells it to stop, as {@code kill} does, waits until it has, and gives its status. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  private void awaitAnswer() throws IOException {
    Http http = new Http(issuer());
    Instant end = Instant.now().plus(PATIENCE);
    while (process.isAlive() && Instant.now().isBefore(end)) {
      try {
        if (http.get("/.well-known/openid-configuration").statusCode() == 200) {
          return;
        }
      } catch (UncheckedIOException e) {
        pause(); // it does not listen yet
      }
    }
    close();
    throw new IllegalStateException("The server did not start:\n" + output());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a setting is called in the environment. */
  private static String variable(String setting) {
    return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
