package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Doors;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What may be used once, used by many at the same moment: exactly one wins, and nobody breaks the
 * server.
 */
class SingleUseRaceTest {
  private static final String OFFLINE = "openid user:read offline_access";

  private static TestServer server;
  private static TestClient app;
  private static TestClient tv;
  private static Browser loggedIn;
  private static Doors doors;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    User user = new TestUsers(server).user();
    app = ClientBuilder.nativeApp(server).register();
    tv = ClientBuilder.device(server).register();
    loggedIn = new Browser(server).logIn(user);
    doors = new Doors(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** RFC 6749 §4.1.2: the losers are replays, so what the winner got ends too. */
  @Test
  void codeRedeemedBySixtyFourAtOnceHasOneWinner() throws Exception {
    CodeFlow flow = app.flow().with("scope", OFFLINE);
    String code = Answer.of(flow.send(loggedIn)).value("code");

    assertOneWinner(race(64, () -> flow.redeem(code)));
  }

  /** RFC 8628 §3.4: as of a code, and every loser hears the same. */
  @Test
  void deviceCodePolledBySixtyFourAtOnceHasOneWinner() throws Exception {
    DeviceFlow device = tv.device(OFFLINE);
    device.decide(loggedIn, "allow");

    List<HttpResponse<String>> responses = race(64, device::poll);
    assertEquals(1, responses.stream().filter(r -> r.statusCode() == 200).count());
    for (HttpResponse<String> response : responses) {
      if (response.statusCode() != 200) {
        assertEquals("invalid_grant", Http.body(400, response).get("error").asText());
      }
    }
  }

  /** RFC 9700 §4.14.2: the token family does not fork. */
  @ParameterizedTest
  @ValueSource(ints = {20, 64})
  void refreshTokenUsedByManyAtOnceHasOneWinner(int threads) throws Exception {
    CodeFlow flow = app.flow().with("scope", OFFLINE);
    Tokens tokens = Tokens.of(flow.redeem(Answer.of(flow.send(loggedIn)).value("code")));

    assertOneWinner(race(threads, () -> app.refresh(tokens.refresh())));
    doors.assertClosedTo(tokens.access());
  }

  private static void assertOneWinner(List<HttpResponse<String>> responses) {
    List<HttpResponse<String>> winners =
        responses.stream().filter(r -> r.statusCode() == 200).toList();
    assertEquals(1, winners.size());
    for (HttpResponse<String> response : responses) {
      if (response.statusCode() != 200) {
        assertEquals("invalid_grant", Http.body(400, response).get("error").asText());
      }
    }
    Tokens won = Tokens.of(winners.getFirst());
    doors.assertClosedTo(won.access());
    assertEquals(400, app.refresh(won.refresh()).statusCode());
  }

  private static List<HttpResponse<String>> race(
      int threads, Callable<HttpResponse<String>> attempt)
      throws InterruptedException, ExecutionException {
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<HttpResponse<String>>> running = new ArrayList<>();
    try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < threads; i++) {
        running.add(
            racers.submit(() -> {
              gate.await();
              return attempt.call();
            }));
      }
      gate.countDown();
      List<HttpResponse<String>> responses = new ArrayList<>();
      for (Future<HttpResponse<String>> response : running) {
        responses.add(response.get());
      }
      assertTrue(responses.stream().allMatch(response -> response.statusCode() < 500));
      return responses;
    }
  }
}
