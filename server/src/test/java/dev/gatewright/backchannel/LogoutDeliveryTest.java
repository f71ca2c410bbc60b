package dev.gatewright.backchannel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.LogoutReceiver;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.TlsSite;
import dev.gatewright.Tokens;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.crypto.Ids;
import dev.gatewright.user.User;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deliveries that fail (OpenID Connect Back-Channel Logout §2.5, §2.8): tried again for a while
 * when it may help. First after 10 s, four times at most, not after an hour.
 */
class LogoutDeliveryTest {
  private static final TestClock CLOCK = new TestClock();

  private static TlsSite site;
  private static TestServer server;
  private static TestUsers users;

  private final LogoutReceiver receiver = new LogoutReceiver(site);
  private final User user = users.user();
  private final Browser browser = new Browser(server).logIn(user);

  @BeforeAll
  static void start() {
    site = TlsSite.start();
    Map<String, Object> configuration = new HashMap<>(site.trusted());
    configuration.put("gatewright.logout.first-retry", "10s");
    configuration.put("gatewright.logout.attempts", 4);
    configuration.put("gatewright.logout.give-up-after", "1h");
    configuration.put("gatewright.logout.patience", "5s");
    server = TestServer.start(configuration, CLOCK);
    users = new TestUsers(server);
  }

  @AfterAll
  static void stop() {
    server.close();
    site.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void isDoneWhenTheClientSaysSo(int status) {
    receiver.answering(status);
    endSession(receiver.uri());
    assertEquals(1, attemptsWithinTheHour());
  }

  /** §2.8: 400 is final, and so is whatever another attempt would not change. */
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 410, 301, 307, 308})
  void isNotTriedAgainWhenItWouldNotHelp(int status) {
    receiver.answering(status);
    endSession(receiver.uri());
    assertEquals(1, attemptsWithinTheHour());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 501, 502, 503, 504, 408, 425, 429})
  void isTriedAgainWhenItMayHelp(int status) {
    receiver.answering(status);
    endSession(receiver.uri());
    assertEquals(2, attemptsWithinTheHour());
  }

  /** Each wait is twice the one before, and by chance up to half shorter. */
  @Test
  void waitsLongerEachTime() {
    receiver.answering(503, 503, 503);
    endSession(receiver.uri());
    receiver.visits(1);
    assertNextAttemptBetween(Duration.ofSeconds(5), Duration.ofSeconds(10), 2);
    assertNextAttemptBetween(Duration.ofSeconds(10), Duration.ofSeconds(20), 3);
    assertNextAttemptBetween(Duration.ofSeconds(20), Duration.ofSeconds(40), 4);
  }

  /** §2.4: a token of its own for each attempt, good for two minutes from then. */
  @Test
  void everyAttemptHasAFreshToken() {
    receiver.answering(503, 503);
    endSession(receiver.uri());
    assertEquals(3, attemptsWithinTheHour());
    var jtis = new HashSet<String>();
    long last = 0;
    for (String token : receiver.tokens(3)) {
      assertTrue(jtis.add(Tokens.claims(token).get("jti").asText()), "jti twice");
      long iat = Tokens.claims(token).get("iat").asLong();
      assertTrue(iat > last, "iat is not of the attempt");
      last = iat;
    }
  }

  @Test
  void isGivenUpAfterSoManyAttempts() {
    receiver.answering(503, 503, 503, 503, 503, 503);
    double before = counted("given_up");
    endSession(receiver.uri());
    assertEquals(4, attemptsWithinTheHour());
    assertEquals(before + 1, counted("given_up"));
  }

  @Test
  void isGivenUpAfterSoLong() {
    receiver.answering(503, 503, 503, 503, 503, 503);
    endSession(receiver.uri());
    receiver.visits(1);
    CLOCK.advance(Duration.ofMinutes(61));
    assertEquals(2, attemptsWithinTheHour(), "one last, for the node may have been down");
  }

  /** A client that nobody reaches is tried again; one that may not be asked is not. */
  @Test
  void unreachableIsTriedAgainAndInternalIsNot() {
    double refused = counted("refused");
    double postponed = counted("postponed");
    endSession("https://localhost:1/logout");
    await("refused", refused + 1);

    int port = site.port();
    endSession("https://127.0.0.1:" + port + "/logout");
    await("refused", refused + 2);
    assertEquals(postponed, counted("postponed"));

    endSession("https://nobody.invalid/logout");
    await("postponed", postponed + 1);
    assertEquals(0, attemptsWithinTheHour());
  }

  @Test
  void deletedClientIsToldNothing() {
    receiver.answering(503);
    TestClient client = endSession(receiver.uri());
    receiver.visits(1);
    server.bean(ClientRegistrations.class).delete(client.clientId(), null, () -> {});
    assertEquals(1, attemptsWithinTheHour());
  }

  /** Idle or old: nobody has logged out. The rows go all the same. */
  @Test
  void sessionThatEndsByTimeIsToldToNobody() {
    tokens(register(receiver.uri()));
    CLOCK.advance(Duration.ofHours(13));
    server.bean(SessionClientRepository.class).deleteExpired(CLOCK.instant(), 100);
    assertEquals(0, attemptsWithinTheHour());
  }

  /** A node that died in the middle keeps nothing: its claim lapses. */
  @Test
  void claimOfADeadNodeLapses() {
    receiver.answering(503);
    endSession(receiver.uri());
    receiver.visits(1);
    CLOCK.advance(Duration.ofSeconds(11));
    SessionClientRepository repository = server.bean(SessionClientRepository.class);
    Instant lapses = CLOCK.instant().plusSeconds(120);
    assertEquals(1, repository.claimDue(Ids.next(), lapses, CLOCK.instant()));

    Deliveries deliveries = server.bean(Deliveries.class);
    deliveries.deliverDue();
    assertEquals(1, receiver.count(), "it is the other node's");
    CLOCK.advance(Duration.ofSeconds(121));
    deliveries.deliverDue();
    receiver.visits(2);
  }

  /** A client that is slow does not keep the browser for ever. */
  @Test
  void slowClientIsNotWaitedForLongerThanConfigured() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    site.serve(
        "/slow",
        exchange -> {
          try {
            release.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          TlsSite.answer(exchange, 200, "");
        });
    Map<String, Object> configuration = new HashMap<>(site.trusted());
    configuration.put("gatewright.logout.patience", "500ms");
    try (TestServer hasty = TestServer.start(configuration)) {
      TestUsers people = new TestUsers(hasty);
      User one = people.user();
      Browser window = new Browser(hasty).logIn(one);
      TestClient client =
          ClientBuilder.web(hasty).option("backchannel_logout_uri", site.url("/slow")).register();
      client.flow().redeem(client.flow().answer(window, one).value("code"));
      long before = System.nanoTime();
      logOut(window);
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      assertTrue(took.toMillis() >= 500, took.toString());
      assertTrue(took.toMillis() < 4500, took.toString());
      release.countDown();
    }
  }

  private void assertNextAttemptBetween(Duration least, Duration most, int attempts) {
    Deliveries deliveries = server.bean(Deliveries.class);
    CLOCK.advance(least.minusMillis(1));
    deliveries.deliverDue();
    assertEquals(attempts - 1, receiver.count(), "too early");
    CLOCK.advance(most.minus(least).plusMillis(1));
    deliveries.deliverDue();
    receiver.visits(attempts);
  }

  /** Lets an hour pass, minute by minute. */
  private int attemptsWithinTheHour() {
    Deliveries deliveries = server.bean(Deliveries.class);
    for (int minute = 0; minute < 60; minute++) {
      deliveries.deliverDue();
      CLOCK.advance(Duration.ofMinutes(1));
    }
    return receiver.count();
  }

  private TestClient endSession(String uri) {
    TestClient client = register(uri);
    tokens(client);
    logOut(browser);
    assertNotEquals("", client.clientId());
    browser.logIn(user);
    return client;
  }

  private static TestClient register(String uri) {
    return ClientBuilder.web(server).option("backchannel_logout_uri", uri).register();
  }

  private void tokens(TestClient client) {
    Tokens.of(client.flow().redeem(client.flow().answer(browser, user).value("code")));
  }

  private static void logOut(Browser browser) {
    assertEquals(200, browser.submit("/logout", browser.get("/logout"), Map.of()).statusCode());
  }

  private static double counted(String outcome) {
    return server
        .bean(MeterRegistry.class)
        .counter("gatewright.backchannel.logouts", "outcome", outcome)
        .count();
  }

  private static void await(String outcome, double expected) {
    Instant end = Instant.now().plusSeconds(30);
    while (counted(outcome) < expected && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    assertEquals(expected, counted(outcome), outcome);
  }
}
