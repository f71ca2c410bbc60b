package dev.gatewright.persistence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatewright.e2e.Need;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * HAProxy with the configuration of {@code docs/samples/cluster}, before three nodes of this
 * machine that may be there or not.
 *
 * @param admin its socket for administrators
 * @param log what it says
 */
record Balancer(Process process, int port, Path admin, Path log) implements AutoCloseable {
  private static final Path CONFIGURATION =
      Path.of("..", "docs", "samples", "cluster", "haproxy.cfg");
  private static final List<String> NAMES = List.of("one", "two", "three");
  private static final int WEIGHT = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Starts it. Skips the test where there is no HAProxy. */
  static Balancer start(int port, List<Integer> nodes) throws IOException {
    Need.haproxy();
    Path folder = Files.createTempDirectory("balancer"); // the name of a socket must be short
    Path log = Files.createTempFile(Path.of("target"), "haproxy-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder("haproxy", "-W", "-db", "-f", CONFIGURATION.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("GATEWRIGHT_BIND", "127.0.0.1:" + port);
    environment.put("GATEWRIGHT_ADMIN", folder.resolve("admin").toString());
    environment.put("WARM_UP", "100ms");
    for (int i = 0; i < NAMES.size(); i++) {
      environment.put("NODE_" + NAMES.get(i).toUpperCase(Locale.ROOT), "127.0.0.1:" + nodes.get(i));
    }
    return new Balancer(builder.start(), port, folder.resolve("admin"), log);
  }

  String url() {
    return "http://localhost:" + port;
  }

  /** Waits until it sends an equal share of requests to exactly these of the nodes, from 0. */
  void awaitReady(List<Integer> nodes) throws InterruptedException {
    List<String> names = nodes.stream().map(NAMES::get).toList();
    await(
        "ready: " + names,
        rows -> {
          List<String> up =
              rows.stream()
                  .filter(row ->
                      row.backend().equals("repeatable")
                          && row.status().startsWith("UP")
                          && row.weight() == WEIGHT)
                  .map(Row::server)
                  .toList();
          return up.equals(names);
        });
  }

  /** Waits until a node has been sent that many requests. */
  void awaitServed(int node, int requests) throws InterruptedException {
    await(requests + " at node " + node, rows -> served(rows, "repeatable", node) >= requests);
  }

  /** How many requests of a backend a node has been sent. */
  long served(String backend, int node) {
    return served(rows(), backend, node);
  }

  private static long served(List<Row> rows, String backend, int node) {
    return rows.stream()
        .filter(row -> row.backend().equals(backend) && row.server().equals(NAMES.get(node)))
        .mapToLong(Row::sessions)
        .sum();
  }

  private void await(String what, Predicate<List<Row>> condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.test(rows())) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("Not " + what + " but " + rows());
      }
      Thread.sleep(50);
    }
  }

  private List<Row> rows() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(admin));
      channel.write(ByteBuffer.wrap("show stat\n".getBytes(US_ASCII)));
      String answer = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
      return answer
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split(",", -1))
          .map(row -> new Row(row[0], row[1], number(row[7]), row[17], number(row[18])))
          .filter(row -> NAMES.contains(row.server()))
          .collect(Collectors.toList());
    } catch (IOException e) {
      if (process.isAlive()) {
        return List.of(); // it does not listen yet
      }
      throw new UncheckedIOException("HAProxy is gone, see " + log, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long number(String field) {
    return field.isEmpty() ? 0 : Long.parseLong(field);
  }

  private record Row(String backend, String server, long sessions, String status, long weight) {}
}
