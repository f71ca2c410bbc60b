package dev.gatewright.lifecycle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that is told to stop says so first, answers meanwhile, and finishes what it has begun. */
@Timeout(60)
class DepartureTest {
  private static final String METADATA = "/.well-known/openid-configuration";

  @Test
  void whileItDrainsItAnswersAndLetsEveryConnectionGo() throws Exception {
    TestServer server =
        TestServer.start(
            Map.of("gatewright.shutdown.drain", "3s", "gatewright.shutdown.grace", "5s"));
    Http http = new Http(server);
    assertEquals(200, http.get("/health/readiness").statusCode());
    try (Socket kept = RawHttp.connect(server)) {
      assertFalse(ask(kept, METADATA).closed(), "It keeps connections");
      Thread stopping = Thread.ofVirtual().start(server::close);
      while (http.get("/health/readiness").statusCode() == 200) {
        Thread.sleep(20);
      }

      assertEquals("{\"status\":\"DOWN\"}", http.get("/health/readiness").body());
      assertEquals(200, http.get("/health/liveness").statusCode(), "No reason to kill it");
      RawHttp.Reply last = ask(kept, METADATA);
      assertEquals(200, last.status());
      assertTrue(last.closed(), last.text());
      assertTrue(last.text().toLowerCase().contains("\nconnection: close"), last.text());
      assertEquals(200, http.get(METADATA).statusCode(), "On a connection that is new");
      stopping.join();
      assertThrows(ConnectException.class, () -> RawHttp.connect(server).close());
    }
  }

  @Test
  void whatWasBegunBeforeItStopsListeningIsAnswered() throws Exception {
    TestServer server =
        TestServer.start(
            Map.of(
                "gatewright.shutdown.grace", "20s",
                // so that a login takes a second or two
                "gatewright.passwords.memory", "131072",
                "gatewright.passwords.iterations", "20"));
    CountDownLatch stopped = new CountDownLatch(1);
    try (Socket slow = RawHttp.connect(server)) {
      String login = "{\"login\":\"nobody\",\"password\":\"not a password of anyone\"}";
      send(
          slow,
          "POST /api/login HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(RawHttp.host(server), login.length(), login));
      Thread.sleep(200);
      Thread.ofVirtual()
          .start(() -> {
            server.close();
            stopped.countDown();
          });
      awaitDeaf(server);

      assertEquals(1, stopped.getCount(), "It waits for the request");
      RawHttp.Reply reply = RawHttp.read(slow, 15_000);
      assertEquals(
          401, reply.status(), "An answer as ever: there is no such user. " + reply.text());
      assertTrue(reply.closed());
      assertTrue(stopped.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void whoeverIsTooSlowIsCutOff() throws Exception {
    TestServer server = TestServer.start(Map.of("gatewright.shutdown.grace", "500ms"));
    try (Socket slow = RawHttp.connect(server)) {
      send(
          slow,
          "POST /oauth2/token HTTP/1.1\r\n"
              + "Host: x\r\n"
              + "Content-Type: application/x-www-form-urlencoded\r\n"
              + "Content-Length: 100\r\n\r\n"
              + "grant_");
      Thread.sleep(200);
      server.close();
      assertEquals(-1, slow.getInputStream().read());
    }
  }

  private static void awaitDeaf(TestServer server) throws InterruptedException {
    while (true) {
      try {
        RawHttp.connect(server).close();
        Thread.sleep(20);
      } catch (IOException e) {
        return;
      }
    }
  }

  private static RawHttp.Reply ask(Socket socket, String path) throws IOException {
    send(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return RawHttp.read(socket, 1000);
  }

  private static void send(Socket socket, String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(US_ASCII));
  }
}
