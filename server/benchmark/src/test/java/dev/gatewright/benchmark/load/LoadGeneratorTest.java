package dev.gatewright.benchmark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
  static {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer takes 40 ms
  }

  private static final Duration TIME = Duration.ofSeconds(2);
  private static final int CONNECTIONS = 4;

  private final AtomicInteger requests = new AtomicInteger();
  private final LoadGenerator load = new LoadGenerator();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.createContext("/good", exchange -> answer(exchange, 200));
    server.createContext(
        "/sometimes",
        exchange -> answer(exchange, requests.incrementAndGet() % 10 == 0 ? 503 : 200));
    server.createContext(
        "/once",
        exchange -> {
          if (requests.incrementAndGet() == 20) {
            pause(700);
          }
          answer(exchange, 200);
        });
    server.createContext(
        "/breaks",
        exchange -> {
          if (requests.incrementAndGet() % 10 == 0) {
            exchange.close();
          } else {
            answer(exchange, 200);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    load.close();
    server.stop(0);
  }

  @Test
  void aClosedLoopCountsWhatWasAnswered() {
    Tally tally = drive("/good");
    assertTrue(tally.completed() > 100, () -> tally.completed() + " acts");
    assertEquals(0, tally.failed());
    assertEquals(tally.completed() / 2.0, tally.rate());
    assertTrue(tally.percentile(50) > 0);
  }

  @Test
  void anUnexpectedAnswerIsAnErrorAndNotCounted() {
    Tally tally = drive("/sometimes");
    assertEquals(Map.of("503 an answer", (int) tally.failed()), tally.failures());
    double share = (double) tally.failed() / (tally.failed() + tally.completed());
    assertEquals(0.1, share, 0.02);
  }

  @Test
  void aLostConnectionIsAnErrorAndIsOpenedAgain() {
    Tally tally = drive("/breaks");
    assertTrue(tally.failures().get("the connection was closed") > CONNECTIONS);
    assertTrue(tally.completed() > tally.failed());
  }

  /** A closed loop would have seen one slow act on each connection. */
  @Test
  void anOpenLoopCountsEveryActThatAStallHeldUp() {
    Tally tally =
        LoadGenerator.await(
            load.open(server.getAddress(), conversations("/once"), 100, TIME), TIME);
    assertEquals(200, tally.completed());
    long heldUp = tally.latencies().getCountBetweenValues(100_000, 10_000_000);
    assertTrue(heldUp >= 40, () -> heldUp + " acts were held up");
  }

  @Test
  void whatHasNoNextActEnds() {
    Tally tally = load.drive(server.getAddress(), List.of(new Few("/good", 3)), TIME);
    assertEquals(3, tally.completed());
  }

  private Tally drive(String path) {
    return load.drive(server.getAddress(), conversations(path), TIME);
  }

  private static List<Conversation> conversations(String path) {
    return Collections.nCopies(CONNECTIONS, new Few(path, Integer.MAX_VALUE));
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    byte[] body = "an answer".getBytes();
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A GET, so many times. */
  private static final class Few implements Conversation {
    private final String path;
    private int left;

    Few(String path, int left) {
      this.path = path;
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Request next() {
      left--;
      return Request.get(path);
    }

    @Override
    public Verdict answered(Answer answer) {
      return answer.status() == 200 ? Verdict.DONE : Verdict.FAILED;
    }
  }
}
