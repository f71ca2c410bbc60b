package dev.gatewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The web application of {@code docs/samples}: its tokens stay with it (RFC 10017 §6.1). */
@Timeout(180)
class WebAppSampleTest {
  @TempDir static Path directory;

  private static TestServer server;
  private static URI app;
  private static Process process;

  @BeforeAll
  static void start() throws Exception {
    Path target = Need.builtSample("web-app-micronaut");
    app = URI.create("http://localhost:" + ServerProcess.freePort() + "/");
    String development =
        new String(
            WebAppSampleTest.class.getResourceAsStream("/bootstrap-dev.yml").readAllBytes(), UTF_8);
    Path bootstrap =
        Files.writeString(
            directory.resolve("bootstrap.yml"),
            development.replace("http://localhost:8092/", app.toString()));
    server = TestServer.start(Map.of("gatewright.bootstrap-file", bootstrap.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            target.resolve("classes") + ":" + target.resolve("lib") + "/*",
            "example.Application");
    builder.environment().put("MICRONAUT_SERVER_PORT", "" + app.getPort());
    builder.environment().put("WEB_APP_ADDRESS", app.toString());
    builder.environment().put("GATEWRIGHT_ISSUER", server.issuer());
    process =
        builder.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
    awaitAnswer();
  }

  @AfterAll
  static void stop() throws Exception {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theUserLogsInIsGreetedAndLogsOut() throws Exception {
    User user = new TestUsers(server).user();
    HttpResponse<String> login = get("login", "");
    URI redirect =
        new FormBrowser(user.username(), TestUsers.PASSWORD).open(URI.create(location(login)));
    HttpResponse<String> loggedIn = send(HttpRequest.newBuilder(redirect), cookie(login));
    assertEquals(303, loggedIn.statusCode(), loggedIn::body);
    assertNotEquals(cookie(login).split("=")[1], cookie(loggedIn).split("=")[1]);

    HttpResponse<String> me = get("api/me", cookie(loggedIn));
    assertEquals("{\"username\":\"" + user.username() + "\"}", me.body());
    assertFalse(loggedIn.headers().map().toString().contains("eyJ"), "a token in the browser");
    assertTrue(
        loggedIn.headers().firstValue("Set-Cookie").orElseThrow().matches("(?i).*httponly.*"));

    HttpResponse<String> out =
        send(
            HttpRequest.newBuilder(app.resolve("logout")).POST(BodyPublishers.noBody()),
            cookie(loggedIn));
    assertTrue(location(out).startsWith(server.issuer() + "/oauth2/logout?"), location(out));
    assertEquals(401, get("api/me", cookie(loggedIn)).statusCode());
  }

  @Test
  void anAnswerToALoginThatThisBrowserDidNotBeginLogsNobodyIn() throws Exception {
    User user = new TestUsers(server).user();
    HttpResponse<String> attacker = get("login", "");
    HttpResponse<String> victim = get("login", "");
    URI redirect =
        new FormBrowser(user.username(), TestUsers.PASSWORD).open(URI.create(location(attacker)));

    HttpResponse<String> answer = send(HttpRequest.newBuilder(redirect), cookie(victim));

    assertEquals(400, answer.statusCode(), answer::body);
    assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
    assertEquals(401, get("api/me", "session=made-up").statusCode());
  }

  private static HttpResponse<String> get(String path, String cookie) throws Exception {
    return send(HttpRequest.newBuilder(app.resolve(path)), cookie);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String cookie)
      throws Exception {
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  private static String location(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new AssertionError(answer + " " + answer.body()));
  }

  private static void awaitAnswer() throws Exception {
    Instant latest = Instant.now().plus(Duration.ofSeconds(60));
    while (true) {
      try {
        get("", "");
        return;
      } catch (IOException e) {
        if (!process.isAlive() || Instant.now().isAfter(latest)) {
          throw new AssertionError(Files.readString(directory.resolve("log")), e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }
}
