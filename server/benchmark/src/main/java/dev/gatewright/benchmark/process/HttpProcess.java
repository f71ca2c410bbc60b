package dev.gatewright.benchmark.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own that answers HTTP on a port of this machine.
 *
 * @param startup from before the process was there until its first 200
 */
public record HttpProcess(Process process, int port, Duration startup) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int TIMEOUT_MILLIS = 5000;
  private static final long PAUSE_MILLIS = 2;

  /**
   * Starts one and waits for its first 200.
   *
   * @param path that it answers once it is ready
   * @param folder where it runs, and writes what it says into {@code server.log}
   */
  public static HttpProcess start(
      List<String> command, Map<String, String> environment, int port, String path, Path folder) {
    Path log = folder.resolve("server.log");
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder
          .environment()
          .remove("JAVA_TOOL_OPTIONS"); // of this machine's user, not of the server
      builder.environment().putAll(environment);
      long begin = System.nanoTime();
      Process process = builder.start();
      while (!answers(port, path)) {
        if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
          process.destroyForcibly();
          throw new IllegalStateException("It did not start:\n" + Files.readString(log));
        }
        pause();
      }
      return new HttpProcess(process, port, Duration.ofNanos(System.nanoTime() - begin));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port on which nothing listens. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public InetSocketAddress address() {
    return loopback(port);
  }

  public long pid() {
    return process.pid();
  }

  /** Asks it to end, as an operator does, and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static boolean answers(int port, String path) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(loopback(port));
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
