package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A node takes on so many requests at once; the next one is told to come again, at once and in the
 * form that it reads (RFC 9110 §15.6.4, RFC 6749 §5.2, RFC 9457).
 */
@Timeout(60)
class WorkLimitTest {
  private static final int MOST = 4;
  private static final int CONNECTIONS = 2;
  private static final Map<String, String> CLIENT_CREDENTIALS =
      Map.of("grant_type", "client_credentials", "client_id", "some-client");

  private static TestServer server;
  private static Http http;
  private static WorkLimit limit;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "gatewright.load.max-requests",
                MOST,
                "datasources.default.maximum-pool-size",
                CONNECTIONS,
                "datasources.default.connection-timeout",
                1000,
                "endpoints.prometheus.enabled",
                true));
    http = new Http(server);
    limit = server.bean(WorkLimit.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void everyPlaceIsGivenBack() throws InterruptedException {
    for (int i = 0; limit.inWork() > 0 && i < 100; i++) {
      Thread.sleep(50);
    }
    assertEquals(0, limit.inWork());
  }

  @Test
  void beyondTheLimitEveryCallerIsToldToComeAgainInTheFormThatItReads() {
    try (var _ = full()) {
      HttpResponse<String> token = unavailable(http.form("/oauth2/token", CLIENT_CREDENTIALS));
      assertTrue(token.body().contains("\"error\":\"temporarily_unavailable\""), token.body());

      unavailable(http.form("/oauth2/introspect", Map.of("token", "x")));

      HttpResponse<String> problem = unavailable(http.get("/api/user"));
      assertEquals("application/problem+json", Http.header(problem, "Content-Type"));
      assertTrue(problem.body().contains("urn:gatewright:problem:unavailable"), problem.body());

      assertNotEquals(problem.body(), http.get("/api/user").body(), "each has an id of its own");

      HttpResponse<String> page = unavailable(http.get("/login?x=y"));
      assertTrue(page.body().contains("Try again in a moment"), page.body());
      unavailable(http.get("/oauth2/auth?client_id=some-client"));
    }
    assertEquals(401, http.form("/oauth2/token", CLIENT_CREDENTIALS).statusCode());
  }

  /** A balancer that took a busy node out would leave the others busier still. */
  @Test
  void healthAnswersAllTheSame() {
    try (var _ = full()) {
      assertEquals(200, http.get("/health").statusCode());
      double before = shed();
      unavailable(http.get("/"));
      assertEquals(before + 1, shed());
    }
  }

  /** Fetch Standard: a page of a registered origin that was here just now may read it. */
  @Test
  void pageOfARegisteredOriginCanReadThatItIsToComeAgain() {
    String origin = "https://app.example";
    ClientBuilder.web(server).authMethod("none").redirectUris(origin + "/callback").register();
    http.get("/.well-known/jwks.json", "Origin", origin);
    try (var _ = full()) {
      HttpResponse<String> answer =
          unavailable(http.form("/oauth2/token", CLIENT_CREDENTIALS, "Origin", origin));
      assertEquals(origin, Http.header(answer, "Access-Control-Allow-Origin"));
      assertTrue(Http.header(answer, "Access-Control-Expose-Headers").contains("Retry-After"));
      assertEquals("Origin", Http.header(answer, "Vary"));

      HttpResponse<String> other =
          unavailable(
              http.form("/oauth2/token", CLIENT_CREDENTIALS, "Origin", "https://b.example"));
      assertEquals("", Http.header(other, "Access-Control-Allow-Origin"));
    }
  }

  /** A body is not waited for in order to refuse it. */
  @Test
  void beyondTheLimitABodyIsNotAwaited() throws IOException {
    try (var _ = full();
        Socket socket = RawHttp.connect(server)) {
      String head =
          "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
              + "Content-Type: application/x-www-form-urlencoded\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertEquals(503, RawHttp.read(socket, 1000).status());
    }
  }

  /** Those who wait for the database have places; who comes after them is not kept waiting. */
  @Test
  void whileTheDatabaseHasNoConnectionLeftTheNextAreAnsweredAtOnce() throws Exception {
    List<Connection> all = new ArrayList<>();
    DataSource pool = DelegatingDataSource.unwrapDataSource(server.bean(DataSource.class));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(pool.getConnection());
      }
      List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < MOST; i++) {
        waiting.add(
            callers.submit(() -> new Http(server).form("/oauth2/token", CLIENT_CREDENTIALS)));
      }
      while (limit.inWork() < MOST) {
        Thread.sleep(5);
      }
      long before = System.nanoTime();
      unavailable(http.get("/login"));
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      assertTrue(took.toMillis() < 500, "was told so after " + took);
      for (Future<HttpResponse<String>> one : waiting) {
        assertEquals(503, one.get().statusCode());
        assertEquals("5", Http.header(one.get(), "Retry-After"));
      }
    } finally {
      close(all);
    }
  }

  /** RFC 9112 §9.3: who is sent away keeps the connection, unless it asks for its end. */
  @Test
  void whoIsSentAwayKeepsTheConnectionUnlessItAsksForItsEnd() {
    String get = "GET /login HTTP/1.1\r\nHost: localhost\r\n";
    try (var _ = full()) {
      RawHttp.Reply kept = RawHttp.send(server, (get + "\r\n").repeat(3));
      assertEquals(3, kept.responses(), kept.text());
      assertFalse(kept.closed());
      assertTrue(RawHttp.send(server, get + "Connection: close\r\n\r\n").closed());
      String head = "HEAD /login HTTP/1.1\r\nHost: localhost\r\n\r\n";
      assertEquals("", RawHttp.send(server, head).body());
    }
  }

  /** Whatever becomes of a request: {@link #everyPlaceIsGivenBack()} looks. */
  @Test
  void aPlaceIsGivenBackWhateverTheAnswer() {
    http.get("/nothing-here");
    http.get("/oauth2/token");
    http.get("/oauth2/auth");
    http.get("/?a=%FF");
    http.json("POST", "/api/login", "{");
    http.json("POST", "/api/login", "x".repeat(300_000));
    http.form("/oauth2/token", Map.of("scope", "x".repeat(300_000)));
    http.json("POST", "/api/login", "{\"login\":\"nobody\",\"password\":\"wrong password\"}");
    http.send("HEAD", "/login", "");
    http.send("OPTIONS", "/oauth2/token", "");
    http.get("/api/user", "Authorization", "Bearer x");
    assertEquals(400, RawHttp.send(server, "GET / HTTP/1.1\r\n\r\n").status());
  }

  @Test
  void aPlaceIsGivenBackWhenTheCallerGoes() throws Exception {
    List<Connection> all = new ArrayList<>();
    DataSource pool = DelegatingDataSource.unwrapDataSource(server.bean(DataSource.class));
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(pool.getConnection());
      }
      String form = "grant_type=client_credentials&client_id=some-client";
      String head =
          "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ";
      for (String sent :
          List.of(
              head + form.length() + "\r\n\r\n" + form,
              head + "1000\r\n\r\n" + form,
              "GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
        try (Socket socket = RawHttp.connect(server)) {
          socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
          Thread.sleep(100);
        }
      }
    } finally {
      close(all);
    }
  }

  /** The queue of passwords is worked off for those who still wait, and for nobody else. */
  @Test
  void nothingIsHashedForACallerWhoHasGone() throws Exception {
    try (TestServer slow =
        TestServer.start(
            Map.of(
                "gatewright.passwords.memory", 65536,
                "gatewright.passwords.iterations", 8,
                "gatewright.passwords.threads", 1,
                "gatewright.passwords.longest-wait", "30s"))) {
      Http caller = new Http(slow);
      logIn(caller);
      long before = System.nanoTime();
      logIn(caller);
      long once = System.nanoTime() - before;
      List<Socket> gone = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Socket socket = RawHttp.connect(slow);
        gone.add(socket);
        String body = credentials();
        socket
            .getOutputStream()
            .write(
                ("POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                    .getBytes(StandardCharsets.US_ASCII));
      }
      while (slow.bean(WorkLimit.class).inWork() < gone.size()) {
        Thread.sleep(1);
      }
      for (Socket socket : gone) {
        socket.close();
      }
      before = System.nanoTime();
      logIn(caller);
      long behindThem = System.nanoTime() - before;

      assertTrue(
          behindThem < 6 * once,
          "behind ten who had gone: " + behindThem / 1_000_000 + " ms, alone: " + once / 1_000_000);
    }
  }

  private static void logIn(Http caller) {
    assertEquals(401, caller.json("POST", "/api/login", credentials()).statusCode());
  }

  private static String credentials() {
    return "{\"login\":\"%s\",\"password\":\"wrong password\"}".formatted(TestUsers.freshName());
  }

  /** Every place is taken until it is closed. */
  private static AutoCloseablePlaces full() {
    for (int i = 0; i < MOST; i++) {
      assertTrue(limit.enter());
    }
    return () -> {
      for (int i = 0; i < MOST; i++) {
        limit.leave();
      }
    };
  }

  private interface AutoCloseablePlaces extends AutoCloseable {
    @Override
    void close();
  }

  private static HttpResponse<String> unavailable(HttpResponse<String> response) {
    assertEquals(503, response.statusCode(), response.body());
    int seconds = Integer.parseInt(Http.header(response, "Retry-After"));
    assertTrue(seconds >= 1 && seconds <= 3, "Retry-After: " + seconds);
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    return response;
  }

  private static double shed() {
    return server
        .bean(MeterRegistry.class)
        .counter("gatewright.shed", "reason", "requests")
        .count();
  }

  private static void close(List<Connection> all) throws SQLException {
    for (Connection connection : all) {
      connection.close();
    }
  }
}
