package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Clients that begin a request and do not go on (OWASP ASVS 5.0 §15.2). The timeout is shortened to
 * two seconds.
 */
class SlowClientTest {
  private static final String HEAD = "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\n";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("micronaut.server.idle-timeout", "1s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void halfOpenRequestsKeepNobodyWaiting() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        Socket socket = RawHttp.connect(server);
        slow.add(socket);
        String sent =
            i % 2 == 0
                ? HEAD
                : HEAD
                    + "Content-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 100\r\n\r\n"
                    + "grant";
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      }
      long before = System.nanoTime();
      assertEquals(200, new Http(server).get("/.well-known/jwks.json").statusCode());
      long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
      assertTrue(millis < 3000, "an honest client waited " + millis + " ms");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void requestThatDoesNotGoOnIsDropped() throws IOException {
    String form =
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ngrant_type=";
    for (String begun : new String[] {"POST /oau", HEAD, HEAD + "X-Slow: ", HEAD + form}) {
      try (Socket socket = RawHttp.connect(server)) {
        socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        RawHttp.Reply reply = RawHttp.read(socket, 15_000);
        assertTrue(reply.closed(), "after " + begun);
        assertTrue(reply.status() < 500, reply.text());
      }
    }
  }

  @Test
  void connectionThatSaysNothingIsDropped() throws IOException {
    try (Socket socket = RawHttp.connect(server)) {
      assertTrue(RawHttp.read(socket, 15_000).closed());
    }
  }
}
