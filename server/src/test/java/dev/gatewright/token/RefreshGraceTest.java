package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Doors;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * With {@code gatewright.refresh-tokens.reuse-grace}, an answer that was lost can be had again; and
 * no more than that (RFC 9700 §4.14.2).
 */
class RefreshGraceTest {
  private static final TestClock CLOCK = new TestClock();
  private static final String OFFLINE = "openid user:read offline_access";

  private static TestServer server;
  private static TestClient app;
  private static User user;
  private static Browser loggedIn;
  private static Doors doors;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("gatewright.refresh-tokens.reuse-grace", "10s"), CLOCK);
    user = new TestUsers(server).user();
    app = ClientBuilder.nativeApp(server).register();
    loggedIn = new Browser(server).logIn(user);
    doors = new Doors(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void lostAnswerIsGivenAgainWithTheSameSuccessor() {
    Tokens first = granted();
    Tokens lost = Tokens.of(app.refresh(first.refresh()));
    CLOCK.advance(Duration.ofSeconds(9));
    Tokens again = Tokens.of(app.refresh(first.refresh()));
    Tokens onceMore = Tokens.of(app.refresh(first.refresh()));

    assertEquals(lost.refresh(), again.refresh());
    assertEquals(lost.refresh(), onceMore.refresh());
    assertNotEquals(lost.access(), again.access());
    doors.assertOpenTo(again.access());
    assertEquals(200, app.refresh(again.refresh()).statusCode());
  }

  @Test
  void repeatedUseAfterTheGraceRevokesTheTokenFamily() {
    Tokens first = granted();
    Tokens second = Tokens.of(app.refresh(first.refresh()));
    CLOCK.advance(Duration.ofSeconds(10));

    assertRevoked(app.refresh(first.refresh()), second);
  }

  /** Whoever has the successor got the answer; the one who repeats is somebody else. */
  @Test
  void repeatedUseOnceTheSuccessorIsUsedRevokesTheTokenFamily() {
    Tokens first = granted();
    Tokens second = Tokens.of(app.refresh(first.refresh()));
    Tokens third = Tokens.of(app.refresh(second.refresh()));

    assertRevoked(app.refresh(first.refresh()), third);
  }

  /** The grace of a token begins with its first use, and is not prolonged by more. */
  @Test
  void graceIsNotProlonged() {
    Tokens first = granted();
    Tokens second = Tokens.of(app.refresh(first.refresh()));
    CLOCK.advance(Duration.ofSeconds(6));
    assertEquals(200, app.refresh(first.refresh()).statusCode());
    CLOCK.advance(Duration.ofSeconds(6));

    assertRevoked(app.refresh(first.refresh()), second);
  }

  @Test
  void graceIsForTheSameClientAndNoMoreThanWasGranted() {
    Tokens first = granted();
    app.refresh(first.refresh());
    TestClient thief = ClientBuilder.nativeApp(server).register();
    HttpResponse<String> more =
        app.token(
            Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                first.refresh(),
                "scope",
                OFFLINE + " user:write"));

    assertEquals(
        "invalid_grant", Http.body(400, thief.refresh(first.refresh())).get("error").asText());
    assertEquals("invalid_scope", Http.body(400, more).get("error").asText());
    assertEquals(200, app.refresh(first.refresh()).statusCode());
  }

  @Test
  void graceRevivesNothingThatWasRevoked() {
    Tokens first = granted();
    Tokens second = Tokens.of(app.refresh(first.refresh()));
    app.post("/oauth2/revoke", Map.of("token", second.refresh()));

    assertRevoked(app.refresh(first.refresh()), second);
  }

  /** The family does not fork, however many repeat at once. */
  @Test
  void manyWhoUseATokenAtOnceGetOneSuccessor() throws Exception {
    Tokens first = granted();
    List<HttpResponse<String>> answers = race(64, i -> app.refresh(first.refresh()));

    assertEquals(1, successors(answers).size());
    assertEquals(64, answers.stream().filter(answer -> answer.statusCode() == 200).count());
  }

  /** Between those who repeat and those who go on: one line of successors, or an end to all. */
  @Test
  void repeatingAndGoingOnAtOnceDoesNotForkTheFamily() throws Exception {
    for (int round = 0; round < 10; round++) {
      Tokens first = granted();
      Tokens second = Tokens.of(app.refresh(first.refresh()));
      List<HttpResponse<String>> answers =
          race(32, i -> app.refresh(i % 2 == 0 ? first.refresh() : second.refresh()));

      Set<String> handedOut = successors(answers);
      handedOut.remove(second.refresh());
      assertTrue(handedOut.size() <= 1, "round " + round);
      assertFalse(answers.stream().anyMatch(answer -> answer.statusCode() >= 500));
    }
  }

  private static Tokens granted() {
    CodeFlow flow = app.flow().with("scope", OFFLINE);
    return Tokens.of(flow.redeem(flow.answer(loggedIn, user).value("code")));
  }

  private static void assertRevoked(HttpResponse<String> answer, Tokens latest) {
    assertEquals("invalid_grant", Http.body(400, answer).get("error").asText());
    assertEquals(400, app.refresh(latest.refresh()).statusCode());
    doors.assertClosedTo(latest.access());
  }

  private static Set<String> successors(List<HttpResponse<String>> answers) {
    return answers.stream()
        .filter(answer -> answer.statusCode() == 200)
        .map(answer -> Tokens.of(answer).refresh())
        .collect(Collectors.toSet());
  }

  private interface Contender {
    HttpResponse<String> use(int i);
  }

  private static List<HttpResponse<String>> race(int contenders, Contender contender)
      throws Exception {
    List<Callable<HttpResponse<String>>> attempts = new ArrayList<>();
    for (int i = 0; i < contenders; i++) {
      int number = i;
      attempts.add(() -> contender.use(number));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(contenders)) {
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : threads.invokeAll(attempts)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
