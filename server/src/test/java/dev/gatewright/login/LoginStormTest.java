package dev.gatewright.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * More logins than the server can hash: some wait, some are sent away, and everything else is
 * answered as ever.
 */
@Timeout(120)
class LoginStormTest {
  @Test
  void stormIsAnswered503OverTheBoundAndStarvesNothingElse() throws Exception {
    try (TestServer server =
            TestServer.start(
                Map.of(
                    "gatewright.passwords.memory", 65536,
                    "gatewright.passwords.iterations", 10,
                    "gatewright.passwords.threads", 1,
                    "gatewright.passwords.queue", 2));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Http http = new Http(server);
      assertEquals(200, http.get("/.well-known/openid-configuration").statusCode());
      List<Future<HttpResponse<String>>> storm = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        storm.add(callers.submit(() -> logIn(server)));
      }
      List<Duration> meanwhile = new ArrayList<>();
      while (storm.stream().anyMatch(login -> !login.isDone())) {
        long start = System.nanoTime();
        assertEquals(200, http.get("/.well-known/openid-configuration").statusCode());
        meanwhile.add(Duration.ofNanos(System.nanoTime() - start));
      }
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (Future<HttpResponse<String>> login : storm) {
        answers.add(login.get());
      }

      List<HttpResponse<String>> sentAway =
          answers.stream().filter(a -> a.statusCode() == 503).toList();
      assertTrue(answers.stream().anyMatch(a -> a.statusCode() == 401), answers.toString());
      assertFalse(sentAway.isEmpty(), answers.toString());
      sentAway.forEach(answer -> assertNotEquals("", Http.header(answer, "Retry-After")));
      assertTrue(
          answers.stream().allMatch(a -> a.statusCode() == 401 || a.statusCode() == 503),
          answers.toString());
      meanwhile.sort(Duration::compareTo);
      Duration median = meanwhile.get(meanwhile.size() / 2);
      assertTrue(median.toMillis() < 250, "median while the storm lasted: " + median);
    }
  }

  private static HttpResponse<String> logIn(TestServer server) {
    String body =
        "{\"login\":\"%s\",\"password\":\"wrong password\"}".formatted(TestUsers.freshName());
    return new Http(server).json("POST", "/api/login", body);
  }
}
