package dev.gatewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewright.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The APIs of {@code docs/protect-your-api.md}, run as their readers run them. */
@Timeout(180)
class ProtectedApiSamplesTest {
  private static final Path SAMPLES = Path.of("..", "docs", "samples").toAbsolutePath().normalize();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("gatewright.bootstrap-file", "classpath:bootstrap-dev.yml"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** RFC 9068 §4, RFC 6750 §3. */
  @ParameterizedTest
  @ValueSource(strings = {"java", "micronaut", "spring"})
  void theApiTakesItsOwnAccessTokensOnly(String kind) throws Exception {
    String secret = "orders-machine-secret-for-development-only-000";
    String forOrders = token("orders-machine", secret, "orders:read");
    String tooNarrow = token("orders-machine", secret, "orders:write");
    String forElsewhere =
        token("admin-machine", "admin-machine-secret-for-development-only-0000", "users:read");
    int port = ServerProcess.freePort();
    Process api = api(kind, port);
    try {
      URI orders = URI.create("http://localhost:" + port + "/orders");
      awaitAnswer(api, orders);

      HttpResponse<String> read = get(orders, forOrders);
      assertEquals(200, read.statusCode(), read::body);
      assertTrue(read.body().contains("orders-machine"), read.body());
      assertEquals(401, get(orders, forElsewhere).statusCode(), "another audience");
      assertEquals(401, get(orders, forOrders + "x").statusCode(), "another signature");
      assertEquals(401, get(orders, "").statusCode(), "no token");
      assertEquals(403, get(orders, tooNarrow).statusCode(), "another scope");
      assertTrue(machine(orders).contains("orders-machine"), "the machine that calls it");
    } finally {
      api.destroyForcibly().waitFor();
    }
  }

  private static String machine(URI orders) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            JAVA,
            "-cp",
            System.getProperty("java.class.path"),
            SAMPLES.resolve("java/Machine.java").toString(),
            orders.toString());
    builder.environment().put("GATEWRIGHT_ISSUER", server.issuer());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private static Process api(String kind, int port) throws IOException {
    ProcessBuilder builder =
        switch (kind) {
          case "java" ->
              new ProcessBuilder(
                  JAVA,
                  "-cp",
                  System.getProperty("java.class.path"),
                  SAMPLES.resolve("resource-server-java/OrdersApi.java").toString(),
                  "" + port);
          case "micronaut" -> {
            Path target = Need.builtSample("resource-server-micronaut");
            String classPath = target.resolve("classes") + ":" + target.resolve("lib") + "/*";
            yield new ProcessBuilder(JAVA, "-cp", classPath, "example.Application");
          }
          default -> {
            Path target = Need.builtSample("resource-server-spring");
            yield new ProcessBuilder(
                JAVA, "-jar", target.resolve("orders-api-spring-1.0.jar").toString());
          }
        };
    builder.environment().keySet().removeIf(name -> name.matches("(?i)(micronaut|gatewright)_.*"));
    builder.environment().put("GATEWRIGHT_ISSUER", server.issuer());
    builder.environment().put("MICRONAUT_SERVER_PORT", "" + port);
    builder.environment().put("SERVER_PORT", "" + port);
    return builder.redirectErrorStream(true).start();
  }

  private static String token(String client, String secret, String scope) throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("/oauth2/token"))
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=" + scope))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer = http.send(request, BodyHandlers.ofString()).body();
      return new ObjectMapper().readTree(answer).get("access_token").asText();
    }
  }

  private static void awaitAnswer(Process api, URI uri) throws Exception {
    Instant latest = Instant.now().plus(Duration.ofSeconds(60));
    while (true) {
      try {
        get(uri, "");
        return;
      } catch (IOException e) {
        if (!api.isAlive() || Instant.now().isAfter(latest)) {
          api.destroyForcibly();
          throw new AssertionError(new String(api.getInputStream().readAllBytes(), UTF_8), e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static HttpResponse<String> get(URI uri, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
