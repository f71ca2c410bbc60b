package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies that are too large, too many, or in a disguise (OWASP ASVS 5.0 §2.1, §4.1, §5.2): refused,
 * and soon.
 */
class BodyTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String[] FORMS = {
    "/oauth2/token",
    "/oauth2/revoke",
    "/oauth2/introspect",
    "/oauth2/auth",
    "/login",
    "/sign-up",
    "/consent",
    "/logout"
  };
  private static final int LARGEST = 262_144;

  private static TestServer server;
  private static String bearer;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    TestUsers users = new TestUsers(server);
    User user = users.user();
    bearer = users.bearer(user);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** RFC 9110 §15.5.14. */
  @Test
  void oversizedFormsAreRefused() {
    for (String path : FORMS) {
      HttpResponse<String> response = post(path, "client_id=" + "x".repeat(LARGEST), FORM);
      assertEquals(413, response.statusCode(), path);
    }
  }

  @Test
  void oversizedJsonIsRefused() {
    String large = "{\"login\":\"" + "x".repeat(LARGEST) + "\",\"password\":\"x\"}";

    assertEquals(413, post("/api/login", large, "application/json").statusCode());
    assertEquals(413, post("/api/users", large, "application/json").statusCode());
  }

  /** A body that says how long it is need not be sent to be refused. */
  @Test
  void oversizedBodyIsRefusedBeforeItIsSent() {
    RawHttp.Reply reply =
        RawHttp.send(
            server,
            "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + FORM
                + "\r\nContent-Length: 1000000000\r\n\r\ngrant_type=x");

    assertEquals(413, reply.status(), reply.text());
  }

  /**
   * Collisions of hash codes included: Aa and BB have one, and so have all that are made of them.
   */
  @Test
  void tenThousandParametersAreRefusedAtOnce() {
    String many =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "p" + i + "=" + i)
            .collect(Collectors.joining("&"));
    String colliding =
        IntStream.range(0, 8192)
            .mapToObj(
                i -> Integer.toBinaryString(8192 + i).replace("0", "Aa").replace("1", "BB") + "=1")
            .collect(Collectors.joining("&"));
    String repeated = "scope=a&".repeat(10_000) + "x=y";
    for (String body : List.of(many, colliding, repeated)) {
      for (String path : FORMS) {
        long before = System.nanoTime();
        assertEquals(400, post(path, body, FORM).statusCode(), path);
        long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
        assertTrue(millis < 3000, path + " took " + millis + " ms");
      }
    }
  }

  @Test
  void tenThousandParametersInTheQueryAreRefused() {
    String query = "a&".repeat(7_000);
    for (String path : List.of("/oauth2/auth", "/login", "/", "/api/users")) {
      RawHttp.Reply reply = RawHttp.get(server, path + "?" + query);
      assertTrue(List.of(400, 414).contains(reply.status()), path + ": " + reply.text());
    }
  }

  /** What is small on the wire counts as what it unfolds to. */
  @Test
  void compressedBombIsRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write("grant_type=".getBytes(StandardCharsets.US_ASCII));
      byte[] zeros = new byte[1 << 20];
      java.util.Arrays.fill(zeros, (byte) 'a');
      for (int i = 0; i < 50; i++) {
        gzip.write(zeros);
      }
    }
    long before = System.nanoTime();
    RawHttp.Reply reply = encoded("gzip", bomb.toByteArray());

    assertTrue(List.of(400, 413, 415).contains(reply.status()), reply.text());
    assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "deflate",
        "br",
        "zstd",
        "snappy",
        "compress",
        "gzip, gzip",
        "x-unknown",
        "identity, gzip",
        ""
      })
  void bodyThatIsNotInTheEncodingItNamesIsRefused(String encoding) {
    RawHttp.Reply reply =
        encoded(encoding, "grant_type=client_credentials".getBytes(StandardCharsets.US_ASCII));

    assertTrue(List.of(400, 401, 415).contains(reply.status()), reply.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=ibm037",
        "application/x-www-form-urlencoded; charset=no-such-charset",
        "application/x-www-form-urlencoded; charset=",
        "application/x-www-form-urlencoded; charset=\"",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "multipart/mixed; boundary=x",
        "text/plain",
        "application/xml",
        "image/png",
        "x",
        "/",
        ";"
      })
  void formsInDisguiseBreakNothing(String mediaType) {
    for (String path : FORMS) {
      HttpResponse<String> response =
          post(
              path,
              "--x\r\nContent-Disposition: form-data; name=\"client_id\"\r\n\r\na\r\n--x--",
              mediaType);
      assertTrue(
          response.statusCode() >= 400 && response.statusCode() < 500,
          path + ": " + response.statusCode() + response.body());
    }
  }

  /** NUL, broken UTF-8 and broken percent-encoding: a 400 each. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "client_id=%00",
        "%00=x",
        "client_id=%ff",
        "client_id=%c0%80",
        "client_id=%ed%a0%80",
        "client_id=%zz",
        "client_id=%",
        "client_id=%f"
      })
  void brokenFormsAreRefused(String body) {
    for (String path : FORMS) {
      assertEquals(400, post(path, body, FORM).statusCode(), path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[]",
        "\"x\"",
        "null",
        "1",
        "{\"login\":}",
        "{\"login\":\"a\",\"login\":\"b\",",
        "{\"login\":{},\"password\":[]}",
        "{\"login\":1e999,\"password\":\"x\"}",
        "{\"login\":\"\\u0000\",\"password\":",
        "{'login':'a'}",
        "<login/>"
      })
  void brokenJsonIsRefused(String body) {
    for (String path : List.of("/api/login", "/api/users")) {
      HttpResponse<String> response = post(path, body, "application/json");
      assertEquals(400, response.statusCode(), path + ": " + response.body());
      assertTrue(
          Http.header(response, "Content-Type").startsWith("application/problem+json"),
          response.toString());
      assertFalse(
          response.body().contains("jackson") || response.body().contains("Exception"),
          response.body());
    }
  }

  /** RFC 9110 §8.3: what a body is, is not guessed; a script of another site may leave it out. */
  @Test
  void jsonWithoutAMediaTypeIsRefused() {
    String body = "{\"login\":\"ada\",\"password\":\"a fine long password\",\"username\":\"ada\"}";
    for (String path : List.of("/api/login", "/api/users")) {
      assertEquals(415, new Http(server).send("POST", path, body).statusCode(), path);
    }
    assertEquals(
        415,
        new Http(server).send("PATCH", "/api/user", "{}", "Authorization", bearer).statusCode());
  }

  /** A form of another site can send JSON, but only under a name that needs no leave (CORS). */
  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", FORM, "multipart/form-data; boundary=x", "application/xml", "x"})
  void jsonInDisguiseIsRefused(String mediaType) {
    String body = "{\"login\":\"ada\",\"password\":\"a fine long password\",\"username\":\"ada\"}";
    for (String path : List.of("/api/login", "/api/users")) {
      HttpResponse<String> response = post(path, body, mediaType);
      assertTrue(List.of(400, 415).contains(response.statusCode()), path + response.body());
    }
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    for (String nested :
        List.of(
            "[".repeat(100_000), "{\"a\":".repeat(40_000), "{\"login\":" + "[".repeat(50_000))) {
      for (String path : List.of("/api/login", "/api/users")) {
        assertEquals(400, post(path, nested, "application/json").statusCode(), path);
      }
    }
  }

  @Test
  void textThatNoDatabaseShouldSeeIsRefused() {
    for (String value :
        List.of("a\\u0000b", "\\ud800", "\\u202eadmin", "\\uFEFFada", "ada\\r\\nx")) {
      String body = "{\"username\":\"" + value + "\",\"password\":\"a fine long password\"}";
      HttpResponse<String> response = post("/api/users", body, "application/json");
      assertEquals(400, response.statusCode(), value + ": " + response.body());
    }
  }

  @Test
  void brokenPatchesAreRefused() {
    Http http = new Http(server);
    for (String body :
        List.of(
            "[]",
            "null",
            "{\"username\":null}",
            "{\"username\":1}",
            "{\"email\":[]}",
            "{\"name\":[\"a\"]}",
            "{\"name\":[null]}",
            "{\"website\":\"https://a.example/\\ud800\"}",
            "{\"address\":{\"country\":\"\\udc00\\ud800\"}}",
            "{\"name\":\"a\\u0000b\"}")) {
      HttpResponse<String> response =
          http.json("PATCH", "/api/user", body, "Authorization", bearer);
      assertEquals(400, response.statusCode(), body + ": " + response.body());
    }
  }

  /** What is cut off or turned around silently is not what was asked for. */
  @Test
  void numbersThatAreNoWholeNumbersAreRefused() {
    TestUsers users = new TestUsers(server);
    String administrator = users.bearer(users.administrator());
    Http http = new Http(server);
    for (String lifetime :
        List.of("1.5", "\"600\"", "[600]", "true", "1e400", "1E+2147483647", "4294967896")) {
      String body = "{\"client_name\":\"A\",\"access_token_lifetime\":" + lifetime + "}";
      HttpResponse<String> response =
          http.json("POST", "/api/clients", body, "Authorization", administrator);
      assertEquals(400, response.statusCode(), lifetime + ": " + response.body());
    }
  }

  private static RawHttp.Reply encoded(String encoding, byte[] body) {
    return RawHttp.send(
        server,
        "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
            + FORM
            + "\r\nContent-Encoding: "
            + encoding
            + "\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n"
            + new String(body, StandardCharsets.ISO_8859_1));
  }

  private static HttpResponse<String> post(String path, String body, String mediaType) {
    return new Http(server).send("POST", path, body, "Content-Type", mediaType);
  }
}
