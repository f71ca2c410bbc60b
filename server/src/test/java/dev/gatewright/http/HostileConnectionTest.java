package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Connections that are slow, many, or never done (OWASP ASVS 5.0 §15.2.2): each costs the server
 * little and for a bounded time. The times are shortened to some seconds.
 */
@Timeout(60)
class HostileConnectionTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String POST = "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\n";
  private static final String GET_KEYS =
      "GET /.well-known/jwks.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final int MEBIBYTE = 1024 * 1024;

  private static TestServer server;
  private static Http honest;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "gatewright.load.request-timeout", "3s",
                "gatewright.load.response-timeout", "3s",
                "gatewright.load.max-requests", 8));
    honest = new Http(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    WorkLimit limit = server.bean(WorkLimit.class);
    for (int i = 0; (limit.inWork() > 0 || held() > 0) && i < 100; i++) {
      Thread.sleep(50);
    }
    assertEquals(0, limit.inWork());
    assertEquals(0, held());
    assertEquals(200, honest.get("/.well-known/jwks.json").statusCode());
  }

  @Test
  void oneByteASecondInTheHeadIsCutOff() throws Exception {
    assertCutOff("POST /oauth2/token HTTP/1.1\r\nHost: ", "localhost-that-never-ends");
    assertCutOff("", "GET / HTTP/1.1");
    assertCutOff(POST + "X-Slow: ", "aaaaaaaaaaaaaaaaaaaaaaaa");
  }

  @Test
  void oneByteASecondInTheBodyIsCutOff() throws Exception {
    assertCutOff(POST + FORM + "Content-Length: 1000\r\n\r\n", "grant_type=client_credentials");
    assertCutOff(
        POST + FORM + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n1\r\na\r\n1\r\na\r\n");
  }

  /** More of them than the server takes on at once: they have no place before they are whole. */
  @Test
  void slowBodiesTakeNobodysPlace() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket socket = RawHttp.connect(server);
        slow.add(socket);
        write(socket, POST + FORM + "Content-Length: 1000\r\n\r\ngrant_type=");
      }
      for (int i = 0; i < 20; i++) {
        assertEquals(200, honest.get("/.well-known/jwks.json").statusCode());
      }
    } finally {
      close(slow);
    }
  }

  /** Who reads one byte a second of a large answer has it for three seconds and no longer. */
  @Test
  void answerThatIsNotTakenIsCutOff() throws Exception {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      URI to = server.uri("/");
      socket.connect(new InetSocketAddress(to.getHost(), to.getPort()));
      double before = shed("slow_reader");
      // more than what the system's buffers hold of an answer
      String get = "GET /swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
      write(socket, get.repeat(20));
      InputStream in = socket.getInputStream();
      for (int second = 0; second < 15 && shed("slow_reader") == before; second++) {
        assertTrue(in.read() >= 0);
        Thread.sleep(1000);
      }
      assertEquals(before + 1, shed("slow_reader"));
    }
  }

  /** One by one, and all of them: RFC 9112 §9.3.2. */
  @Test
  void floodOfPipelinedRequestsIsServedOneByOne() throws Exception {
    WorkLimit limit = server.bean(WorkLimit.class);
    int requests = 5_000;
    try (Socket socket = RawHttp.connect(server)) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  write(socket, GET_KEYS.repeat(requests));
                } catch (IOException e) {
                  // the other side says what is wrong
                }
              });
      long answers = 0;
      int mostAtOnce = 0;
      StringBuilder rest = new StringBuilder();
      byte[] buffer = new byte[64 * 1024];
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(10_000);
      while (answers < requests) {
        int n = in.read(buffer);
        assertTrue(n > 0, "the connection ended after " + answers);
        rest.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        mostAtOnce = Math.max(mostAtOnce, limit.inWork());
        for (int i = rest.indexOf("HTTP/1.1 200"); i >= 0; i = rest.indexOf("HTTP/1.1 200")) {
          answers++;
          rest.delete(0, i + 12);
        }
        rest.delete(0, Math.max(0, rest.length() - 12));
      }
      sender.join();
      assertTrue(mostAtOnce <= 1, mostAtOnce + " in work at once");
    }
  }

  @Test
  void whoPipelinesAndReadsNothingIsNotReadEither() throws Exception {
    try (Socket socket = RawHttp.connect(server)) {
      assertTrue(sentBeforeCutOff(socket, GET_KEYS) < 16 * MEBIBYTE);
    }
  }

  @Test
  void hundredMebibytesAreNotRead() throws Exception {
    String length = "Content-Length: " + 100 * MEBIBYTE + "\r\n\r\n";
    for (String head :
        List.of(
            POST + FORM + length,
            POST + FORM + "Transfer-Encoding: chunked\r\n\r\n",
            "GET /login HTTP/1.1\r\nHost: localhost\r\n" + FORM + length,
            "POST /nothing-here HTTP/1.1\r\nHost: localhost\r\n" + FORM + length,
            "POST /api/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n")) {
      try (Socket socket = RawHttp.connect(server)) {
        write(socket, head);
        boolean chunked = head.contains("chunked");
        String part = "x".repeat(16 * 1024);
        long sent = sentBeforeCutOff(socket, chunked ? "4000\r\n" + part + "\r\n" : part);
        assertTrue(sent < 32 * MEBIBYTE, sent + " bytes were taken of " + head);
      }
    }
  }

  /** The answer comes before the end of what was announced, and the connection ends with it. */
  @Test
  void refusalOfABodyThatIsTooLongIsSeenByItsSender() throws Exception {
    try (Socket socket = RawHttp.connect(server)) {
      write(socket, POST + FORM + "Content-Length: " + 100 * MEBIBYTE + "\r\n\r\n" + "a=b");
      RawHttp.Reply reply = RawHttp.read(socket, 5000);
      assertEquals(413, reply.status(), reply.text());
      assertEquals("close", reply.header("Connection"));
      assertTrue(reply.closed());
    }
    try (Socket socket = RawHttp.connect(server)) {
      write(socket, POST + FORM + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        write(socket, "4000\r\n" + "x".repeat(16 * 1024) + "\r\n");
      }
      RawHttp.Reply reply = RawHttp.read(socket, 5000);
      assertEquals(413, reply.status(), reply.text());
      assertTrue(reply.closed());
    }
  }

  /** RFC 9110 §10.1.1. */
  @Test
  void whoAsksBeforeItSendsIsToldToGoOnOrNot() throws Exception {
    String form = "grant_type=client_credentials&client_id=nobody";
    String expect = POST + FORM + "Expect: 100-continue\r\nContent-Length: ";
    try (Socket socket = RawHttp.connect(server)) {
      write(socket, expect + form.length() + "\r\n\r\n");
      assertTrue(RawHttp.read(socket, 500).text().startsWith("HTTP/1.1 100 "));
      write(socket, form);
      assertEquals(401, RawHttp.read(socket, 1000).status());
    }
    try (Socket socket = RawHttp.connect(server)) {
      write(socket, expect + 100 * MEBIBYTE + "\r\n\r\n");
      assertEquals(413, RawHttp.read(socket, 5000).status());
    }
  }

  @Test
  void bodyInPiecesIsTheBody() throws Exception {
    String form = "grant_type=client_credentials&client_id=nobody";
    try (Socket socket = RawHttp.connect(server)) {
      write(socket, POST + FORM + "Content-Length: " + form.length() + "\r\n\r\n");
      for (char character : form.toCharArray()) {
        write(socket, String.valueOf(character));
        Thread.sleep(2);
      }
      RawHttp.Reply reply = RawHttp.read(socket, 1000);
      assertEquals(401, reply.status(), reply.text());
      assertFalse(reply.closed(), "a request that has come whole ends no connection");
    }
  }

  @Test
  void floodOfHeadersIsRefused() throws Exception {
    try (Socket socket = RawHttp.connect(server)) {
      write(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n");
      assertTrue(sentBeforeCutOff(socket, "X-Flood: aaaaaaaaaaaaaaaa\r\n") < 16 * MEBIBYTE);
    }
    RawHttp.Reply reply =
        RawHttp.send(
            server,
            "GET / HTTP/1.1\r\nHost: localhost\r\n" + "X-Flood: aaaa\r\n".repeat(2000) + "\r\n");
    assertEquals(431, reply.status());
  }

  /** RFC 9113 §3.1: HTTP/2 is for the proxy in front. */
  @Test
  void http2InTheClearIsNotSpoken() {
    RawHttp.Reply upgrade =
        RawHttp.get(
            server,
            "/.well-known/jwks.json",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");
    assertEquals(200, upgrade.status(), upgrade.text());

    RawHttp.Reply preface = RawHttp.send(server, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assertTrue(preface.closed());
    assertTrue(preface.status() == 0 || preface.status() == 400, preface.text());
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAtOnceAndTheOthersServed() throws Exception {
    List<Socket> open = new ArrayList<>();
    try (TestServer small = TestServer.start(Map.of("gatewright.load.max-connections", 10))) {
      Http early = new Http(small);
      assertEquals(200, early.get("/.well-known/jwks.json").statusCode());
      for (int i = 0; i < 9; i++) {
        open.add(RawHttp.connect(small));
      }
      try (Socket late = RawHttp.connect(small)) {
        assertTrue(RawHttp.read(late, 5000).closed());
      }
      assertEquals(200, early.get("/.well-known/jwks.json").statusCode());
      open.removeLast().close();
      RawHttp.Reply reply = RawHttp.get(small, "/.well-known/jwks.json");
      for (int i = 0; i < 20 && reply.status() != 200; i++) {
        Thread.sleep(100);
        reply = RawHttp.get(small, "/.well-known/jwks.json");
      }
      assertEquals(200, reply.status());
    } finally {
      close(open);
    }
  }

  /** What slow bodies may hold in all is bounded, and who sends a small one at once goes on. */
  @Test
  void slowBodiesHoldSoMuchMemoryAndNoMore() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (TestServer small = TestServer.start(Map.of("gatewright.load.max-memory", MEBIBYTE))) {
      MeterRegistry metrics = small.bean(MeterRegistry.class);
      for (int i = 0; i < 20; i++) {
        Socket socket = RawHttp.connect(small);
        slow.add(socket);
        write(socket, POST + FORM + "Content-Length: 200000\r\n\r\n");
        try {
          write(socket, "x".repeat(150_000));
        } catch (IOException e) {
          // was closed: there is no room for it
        }
        assertTrue(metrics.get("gatewright.held.bytes").gauge().value() <= MEBIBYTE);
      }
      Counter closed = metrics.counter("gatewright.shed", "reason", "memory");
      for (int i = 0; closed.count() < 10 && i < 50; i++) {
        Thread.sleep(50);
      }
      assertTrue(closed.count() >= 10, closed.count() + " were closed");
      assertEquals(
          401,
          new Http(small)
              .form("/oauth2/token", Map.of("grant_type", "client_credentials", "client_id", "a"))
              .statusCode());
    } finally {
      close(slow);
    }
  }

  /** Sends the rest byte by byte, one a second, until the server closes: after 3 seconds. */
  private static void assertCutOff(String begun, String rest) throws Exception {
    double before = shed("slow_request");
    long start = System.nanoTime();
    try (Socket socket = RawHttp.connect(server)) {
      write(socket, begun);
      boolean closed = false;
      for (int i = 0; i < rest.length() && !closed; i++) {
        try {
          write(socket, rest.substring(i, i + 1));
          closed = RawHttp.read(socket, 1000).closed();
        } catch (IOException e) {
          closed = true;
        }
      }
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      assertTrue(closed && seconds <= 6, begun + " was open for " + seconds + " s");
      assertEquals(before + 1, shed("slow_request"));
    }
  }

  /** How much the server's side takes before it closes or takes no more for a second. */
  private static long sentBeforeCutOff(Socket socket, String part) throws Exception {
    byte[] bytes =
        part.repeat(Math.max(1, 16 * 1024 / part.length())).getBytes(StandardCharsets.US_ASCII);
    long[] sent = new long[1];
    Thread sender =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                OutputStream out = socket.getOutputStream();
                while (sent[0] < 100L * MEBIBYTE) {
                  out.write(bytes);
                  sent[0] += bytes.length;
                }
              } catch (IOException e) {
                // cut off
              }
            });
    sender.join(6000);
    socket.close();
    sender.join(5000);
    return sent[0];
  }

  private static void write(Socket socket, String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static double shed(String reason) {
    return server.bean(MeterRegistry.class).counter("gatewright.shed", "reason", reason).count();
  }

  private static double held() {
    return server.bean(MeterRegistry.class).get("gatewright.held.bytes").gauge().value();
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
