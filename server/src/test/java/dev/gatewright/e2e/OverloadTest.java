package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a small heap under twice the load that it can bear: it serves about what it can,
 * sends the rest away, does not grow, and is itself again as soon as the load is. A minute of that,
 * after it has been warmed; {@code -Doverload.seconds=600} makes it ten.
 */
class OverloadTest {
  private static final Duration LASTS = Duration.ofSeconds(Long.getLong("overload.seconds", 60));
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final String HEAP = "256m";

  /** What a server without load must have for each of its connections at most, in bytes. */
  private static final long MOST_PER_CONNECTION = 24 * 1024;

  private static final int IDLE_CONNECTIONS = 10_000;

  @TempDir Path data;
  private ServerProcess server;
  private List<Load.Call> calls;

  @BeforeEach
  void start() {
    List<String> java = new ArrayList<>();
    boolean pinned =
        Runtime.getRuntime().availableProcessors() > 1
            && Files.isExecutable(Path.of("/usr/bin/taskset"));
    if (pinned) {
      java.addAll(List.of("/usr/bin/taskset", "-c", "0"));
    }
    java.addAll(
        List.of(
            ServerProcess.java(),
            "-XX:ActiveProcessorCount=1",
            "-Xms" + HEAP,
            "-Xmx" + HEAP,
            "-XX:+AlwaysPreTouch")); // what grows is not the heap
    server =
        ServerProcess.startBy(
            java,
            ServerProcess.freePort(),
            data,
            "gatewright.passwords.memory=19456",
            "gatewright.load.max-connections=" + (IDLE_CONNECTIONS + 1000));
    calls = calls(new Http(server.issuer().toString()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void underTwiceTheLoadThatItCanBearItServesWhatItCanAndDoesNotGrow() throws Exception {
    try (Load load = new Load(server.issuer(), calls)) {
      say("warmed by", load.closed(32, WARM_UP));
      Tally capacity = load.closed(32, Duration.ofSeconds(5));
      say("can bear", capacity);
      assertEquals(List.of(), capacity.failures());
      double twice = 2 * capacity.servedPerSecond();

      load.open(twice, LASTS.dividedBy(4));
      long before = resident();
      Tally overload = load.open(twice, LASTS.multipliedBy(3).dividedBy(4));
      long after = resident();
      say("under twice as much", overload);
      say("resident before and after, MB", before / 1024 / 1024 + " " + after / 1024 / 1024);

      Thread.sleep(2000);
      Tally recovered = load.open(capacity.servedPerSecond() / 3, Duration.ofSeconds(3));
      say("under a third, 2 s later", recovered);

      assertEquals(List.of(), overload.failures());
      assertEquals(0, overload.unsent, "callers find a connection");
      assertTrue(overload.shed() > 0, "was not overloaded");
      assertTrue(
          overload.servedPerSecond() > 0.7 * capacity.servedPerSecond(), "goodput " + overload);
      assertTrue(overload.within(0.99).toMillis() < 1500, "p99 of what is served: " + overload);
      assertTrue(after < before + before / 20, "grew from " + before + " to " + after);
      assertEquals(List.of(), recovered.failures());
      assertEquals(0, recovered.shed(), "still sends away");
      assertTrue(recovered.within(0.99).toMillis() < 500, "p99 afterwards: " + recovered);
    }
  }

  /** Each is a file of the process: {@code ulimit -n} has to allow them, here and in the server. */
  @Test
  void tenThousandIdleConnectionsAreNoLoad() throws Exception {
    int idle = (int) Math.min(IDLE_CONNECTIONS, Need.openFiles(IDLE_CONNECTIONS / 4) - 500);
    long before = resident();
    List<Socket> open = new ArrayList<>();
    try (Load load = new Load(server.issuer(), calls)) {
      load.closed(4, Duration.ofSeconds(2));
      for (int i = 0; i < idle; i++) {
        open.add(new Socket(server.issuer().getHost(), server.issuer().getPort()));
      }
      Tally beside = load.closed(4, Duration.ofSeconds(3));
      long after = resident();
      say("beside " + idle + " idle connections", beside);
      say("resident before and after, MB", before / 1024 / 1024 + " " + after / 1024 / 1024);
      assertEquals(List.of(), beside.failures());
      assertTrue(beside.served() > 100, beside.toString());
      assertTrue(after - before < 64L * 1024 * 1024 + idle * MOST_PER_CONNECTION);
      assertTrue(RawHttp.read(open.getLast(), 100).text().isEmpty());
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /** Nine in ten ask for a token, some for a page, and some log in, each as it comes. */
  private static List<Load.Call> calls(Http http) {
    String password = "a fine long password";
    String account = "{\"username\":\"loaded\",\"password\":\"%s\"}".formatted(password);
    HttpResponse<String> made = http.json("POST", "/api/users", account);
    assertEquals(201, made.statusCode(), made.body());
    String basic =
        Base64.getEncoder()
            .encodeToString(
                "admin-machine:admin-machine-secret-for-development-only-0000"
                    .getBytes(StandardCharsets.UTF_8));
    return List.of(
        new Load.Call(
            "POST",
            "/oauth2/token",
            "application/x-www-form-urlencoded",
            "grant_type=client_credentials",
            "Basic " + basic,
            905),
        new Load.Call("GET", "/login", "", "", "", 60),
        new Load.Call("GET", "/.well-known/jwks.json", "", "", "", 30),
        new Load.Call(
            "POST",
            "/api/login",
            "application/json",
            "{\"login\":\"loaded\",\"password\":\"%s\"}".formatted(password),
            "",
            5));
  }

  /** Bytes of the server's process in memory. */
  private long resident() {
    Path status = Path.of("/proc", Long.toString(server.pid()), "status");
    if (!Files.exists(status)) {
      return 1; // not Linux
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(String what, Object result) {
    System.out.println(what + ": " + result);
  }
}
