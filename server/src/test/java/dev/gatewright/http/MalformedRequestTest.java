package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HTTP/1.1 that two parsers could read differently: refused, and the connection ends, so that no
 * second request hides in the first (RFC 9112 §11.2).
 */
class MalformedRequestTest {
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> bodiesOfTwoLengths() {
    return Stream.of(
        arguments(
            "both (CL.TE)", "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        arguments(
            "both (TE.CL)", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"),
        arguments("xchunked", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
        arguments("identity, chunked", "Transfer-Encoding: identity,chunked\r\n", "0\r\n\r\n"),
        arguments("chunked, identity", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
        arguments("gzip, chunked", "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
        arguments("chunked twice", "Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"),
        arguments(
            "chunked in two headers",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n",
            "0\r\n\r\n"),
        arguments("identity", "Transfer-Encoding: identity\r\n", "0\r\n\r\n"),
        arguments("vertical tab", "Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"),
        arguments("quoted", "Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"),
        arguments("with a parameter", "Transfer-Encoding: chunked;x=1\r\n", "0\r\n\r\n"),
        arguments("empty", "Transfer-Encoding:\r\n", "0\r\n\r\n"),
        arguments("space before the colon", "Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
        arguments("tab before the colon", "Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n"),
        arguments("folded", "Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"),
        arguments("two lengths", "Content-Length: 0\r\nContent-Length: 5\r\n", ""),
        arguments("lengths in a list", "Content-Length: 0, 5\r\n", ""),
        arguments("a signed length", "Content-Length: +0\r\n", ""),
        arguments("a negative length", "Content-Length: -1\r\n", ""),
        arguments("a length in hexadecimal", "Content-Length: 0x0\r\n", ""),
        arguments("a length that is a word", "Content-Length: zero\r\n", ""),
        arguments("a length past all numbers", "Content-Length: 99999999999999999999\r\n", ""),
        arguments("a negative chunk", "Transfer-Encoding: chunked\r\n", "-1\r\n\r\n0\r\n\r\n"),
        arguments("a chunk of no number", "Transfer-Encoding: chunked\r\n", "zz\r\n\r\n0\r\n\r\n"),
        arguments(
            "a chunk past all numbers",
            "Transfer-Encoding: chunked\r\n",
            "fffffffffffffffff\r\n\r\n0\r\n\r\n"),
        arguments(
            "a chunk without its end", "Transfer-Encoding: chunked\r\n", "1\r\nxx\r\n0\r\n\r\n"));
  }

  /** RFC 9112 §6.1, §6.3: what follows such a body is not a request. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("bodiesOfTwoLengths")
  void ambiguousBodyHidesNoRequest(String what, String headers, String body) {
    RawHttp.Reply reply =
        RawHttp.send(
            server,
            "POST /oauth2/token HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n"
                + headers
                + "\r\n"
                + body
                + SMUGGLED);

    assertTrue(reply.responses() <= 1, reply.text());
    assertTrue(reply.closed(), "the connection is kept: " + reply.text());
    assertTrue(List.of(0, 400, 413, 501).contains(reply.status()), reply.text());
  }

  static Stream<Arguments> malformedHeads() {
    return Stream.of(
        arguments("bare LF", "GET /health HTTP/1.1\nHost: localhost\n\n"),
        arguments("bare LF in a header", "GET /health HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n"),
        arguments("bare CR", "GET /health HTTP/1.1\r\nHost: localhost\rX: y\r\n\r\n"),
        arguments("space before the colon", "GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n"),
        arguments("NUL in a value", "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n"),
        arguments("NUL in a name", "GET /health HTTP/1.1\r\nHost: localhost\r\nX\0: a\r\n\r\n"),
        arguments(
            "a control character in a value",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\u000bb\r\n\r\n"),
        arguments(
            "a folded header", "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n"),
        arguments(
            "a folded header after an empty line",
            "\r\nGET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n"),
        arguments(
            "a header without a colon",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n"),
        arguments(
            "a header without a name", "GET /health HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n"),
        arguments("a space first", "GET /health HTTP/1.1\r\n Host: localhost\r\n\r\n"),
        arguments("no host", "GET /health HTTP/1.1\r\nX: y\r\n\r\n"),
        arguments(
            "two hosts", "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"),
        arguments("no version", "GET /health\r\nHost: localhost\r\n\r\n"),
        arguments("a version that is none", "GET /health HTTP/9.9.9\r\nHost: localhost\r\n\r\n"),
        arguments("a method that is none", "G@T /health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("a method in small letters", "get /health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("a brace in the target", "GET /{health} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments(
            "a long header of a HEAD",
            "HEAD /health HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(40_000) + "\r\n\r\n"),
        arguments("NUL in the target", "GET /hea\0lth HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments("a space in the target", "GET /hea lth HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments(
            "a long target", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        arguments(
            "a long header",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(40_000) + "\r\n\r\n"),
        arguments(
            "many headers",
            "GET /health HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(10_000) + "\r\n"),
        arguments(
            "TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"));
  }

  /**
   * RFC 9112 §2.2, §3, §5: 400 (or a more precise refusal), and no second chance on the connection.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedHeads")
  void malformedHeadIsRefused(String what, String request) {
    RawHttp.Reply reply = RawHttp.send(server, request);

    assertTrue(List.of(400, 413, 414, 431, 501, 505).contains(reply.status()), reply.text());
    assertTrue(reply.closed(), "the connection is kept: " + reply.text());
    assertFalse(reply.text().contains("\"status\":\"UP\""), "it was served: " + reply.text());
    assertFalse(reply.text().contains("Exception"), reply.text());
  }

  /** What is well-formed is still served, also twice on a connection. */
  @Test
  void wellFormedRequestsAreServedOneAfterTheOther() {
    String request = "GET /.well-known/jwks.json HTTP/1.1\r\nHost: localhost\r\n";
    RawHttp.Reply reply =
        RawHttp.send(server, request + "\r\n" + request + "Connection: close\r\n\r\n");

    assertEquals(2, reply.responses(), reply.text());
    assertTrue(reply.closed());
  }

  /** A body may begin with white space, in whatever pieces it comes. */
  @Test
  void bodyThatBeginsWithASpaceIsNoFoldedHeader() throws IOException, InterruptedException {
    String head =
        "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 13\r\n";
    try (Socket socket = RawHttp.connect(server)) {
      socket.setTcpNoDelay(true);
      for (String piece : List.of(head, "\r\n grant_type=x")) {
        socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        Thread.sleep(100);
      }
      RawHttp.Reply reply = RawHttp.read(socket, 5000);
      assertEquals(401, reply.status(), reply.text());
    }
  }

  @Test
  void chunkedFormIsRead() {
    RawHttp.Reply reply =
        RawHttp.send(
            server,
            "POST /oauth2/token HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n"
                + "Transfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n"
                + "b\r\n"
                + "grant_type=\r\n"
                + "8\r\n"
                + "password\r\n"
                + "0\r\n\r\n");

    assertEquals(401, reply.status(), reply.text());
    assertEquals(1, reply.responses());
  }

  /** RFC 9110 §9.3.2: on a connection that goes on, a body would be taken for the next response. */
  @Test
  void headIsAnsweredWithoutABody() {
    RawHttp.Reply reply =
        RawHttp.send(
            server,
            "HEAD /.well-known/jwks.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertEquals(200, reply.status(), reply.text());
    assertEquals("", reply.body());
  }

  /** RFC 9110 §10.1.1. */
  @Test
  void expectationToContinueIsMet() {
    RawHttp.Reply reply =
        RawHttp.send(
            server,
            "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
                + "Content-Length: 12\r\n\r\ngrant_type=x");

    assertTrue(reply.text().contains(" 401 "), reply.text());
    assertTrue(reply.text().contains("invalid_client"), reply.text());
  }
}
