package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Errors tell the caller what is wrong, and nothing of what the server is made of (OWASP ASVS 5.0
 * §13.4, §16.5).
 */
class ErrorAnswersTest {
  private static TestServer server;
  private static Http http;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Management and debugging is for operators, and not on this port. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/beans",
        "/env",
        "/routes",
        "/loggers",
        "/refresh",
        "/threaddump",
        "/heapdump",
        "/metrics",
        "/prometheus",
        "/caches",
        "/stop",
        "/info",
        "/health/liveness/../../env",
        "/actuator",
        "/actuator/env",
        "/actuator/heapdump",
        "/management",
        "/console",
        "/h2-console",
        "/h2",
        "/debug",
        "/.git/config",
        "/.env",
        "/application.yml",
        "/META-INF/MANIFEST.MF",
        "/WEB-INF/web.xml",
        "/swagger-ui/../application.yml",
        "/assets/../application.yml",
        "/assets/..%2fapplication.yml",
        "/assets/%2e%2e/application.yml",
        "/swagger-ui/..%2f..%2fapplication.yml",
        "/assets/....//application.yml",
        "/assets//etc/passwd",
        "/assets/%5c..%5capplication.yml",
        "/assets/%00"
      })
  void managementAndFilesAreClosed(String path) {
    for (String method : List.of("GET", "POST")) {
      RawHttp.Reply reply =
          RawHttp.send(
              server,
              method
                  + " "
                  + path
                  + " HTTP/1.1\r\n"
                  + "Host: localhost\r\n"
                  + "Connection: close\r\n"
                  + "Content-Length: 0\r\n\r\n");
      assertTrue(
          List.of(400, 401, 403, 404, 405).contains(reply.status()), method + " " + reply.text());
      assertSilent(reply.text());
    }
  }

  /** The one exception says only that it is up. */
  @Test
  void healthSaysNoMoreThanThatItIsUp() {
    assertEquals("{\"status\":\"UP\"}", http.get("/health").body());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing-here, 404, text/html",
    "GET, /api/nothing-here, 404, application/problem+json",
    "GET, /oauth2/nothing-here, 404, application/json",
    "DELETE, /login, 405, text/html",
    "DELETE, /api/users, 405, application/problem+json",
    "DELETE, /oauth2/token, 405, application/json",
    "GET, /api/user, 401, application/problem+json",
    "GET, /api/clients/x, 401, application/problem+json",
    "GET, /oauth2/userinfo, 401, application/json",
    "GET, /oauth2/auth, 400, text/html",
    "GET, /oauth2/auth?client_id=x, 400, text/html",
    "TRACE, /login, 405, text/html",
    "TRACE, /, 405, text/html"
  })
  void errorsAreInTheFormOfTheirAudience(String method, String path, int status, String mediaType) {
    HttpResponse<String> response = http.send(method, path, "");

    assertEquals(status, response.statusCode(), response.body());
    assertTrue(
        Http.header(response, "Content-Type").startsWith(mediaType), response.headers().toString());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    assertSilent(response.headers().map() + response.body());
  }

  /** RFC 3986 §2.1: a target that cannot be decoded is still refused to those who sent it. */
  @ParameterizedTest
  @CsvSource({
    "/api/clients/%zz, application/problem+json",
    "/api/users?limit=%, application/problem+json",
    "/oauth2/token?x=%f, application/json",
    "/login?x=%zz, text/html",
    "//api/%zz, text/html",
    "/%zz, text/html"
  })
  void targetThatIsNotPercentEncodedIsRefusedInTheFormOfItsAudience(
      String target, String mediaType) {
    RawHttp.Reply reply = RawHttp.get(server, target);

    assertEquals(400, reply.status(), reply.text());
    assertTrue(reply.header("Content-Type").startsWith(mediaType), reply.text());
    assertTrue(reply.closed(), reply.text());
  }

  /** RFC 9110 §15.5.15. */
  @Test
  void addressThatIsTooLongIsSaidToBe() {
    assertEquals(414, RawHttp.get(server, "/login?x=" + "a".repeat(17_000)).status());
  }

  /** RFC 6585 §5. */
  @Test
  void headersThatAreTooLargeAreSaidToBe() {
    RawHttp.Reply reply = RawHttp.get(server, "/api/user", "X: " + "a".repeat(17_000));

    assertEquals(431, reply.status(), reply.text());
    assertTrue(
        reply.body().contains("\"type\":\"urn:gatewright:problem:headers-too-large\""),
        reply.text());
  }

  @Test
  void pathsThatAreWrittenStrangelyBreakNothing() {
    for (String path :
        List.of(
            "//",
            "/login/",
            "/login;x=y",
            "/%6cogin",
            "/LOGIN",
            "/login%00",
            "/login%2f",
            "/./login",
            "/x/../login",
            "/%",
            "/%zz",
            "/?%",
            "/login?%zz=1",
            "/{}",
            "/login|x",
            "/" + "../".repeat(50))) {
      RawHttp.Reply reply = RawHttp.get(server, path);
      assertTrue(reply.status() >= 200 && reply.status() < 500, path + ": " + reply.text());
      assertSilent(reply.text());
    }
  }

  @Test
  void addressOfAnErrorPageIsNotRepeatedUnescaped() {
    RawHttp.Reply reply =
        RawHttp.get(server, "/<script>alert(1)</script>?x=<script>alert(2)</script>");

    assertTrue(reply.status() == 400 || reply.status() == 404, reply.text());
    assertFalse(reply.text().contains("<script>alert"), reply.text());
  }

  /** RFC 6749 §5.2, RFC 6750 §3: what is wrong is in the answer, whose it was is not. */
  @Test
  void wrongJsonIsAnsweredWithoutTheParsersWords() {
    HttpResponse<String> response = http.json("POST", "/api/login", "{\"login\": nonsense}");

    assertEquals(400, response.statusCode());
    assertSilent(response.body());
  }

  private static void assertSilent(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String tell :
        List.of(
            "exception",
            "micronaut",
            "netty",
            "jackson",
            "hibernate",
            "at dev.gatewright",
            "java.",
            "jdbc",
            "org.h2",
            "sql",
            "stacktrace",
            "\nserver:",
            "x-powered-by",
            "root:x:",
            "datasources")) {
      assertFalse(lower.contains(tell), tell + " in: " + text);
    }
  }
}
