package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.http.Retries;
import dev.gatewright.client.model.PasswordChange;
import dev.gatewright.client.model.SignUpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done again, what is not, and for how long. */
@Timeout(60)
class ResilienceTest {

  private static final SignUpRequest SIGN_UP =
      SignUpRequest.builder().username("ada").password("correct horse").build();

  private final FakeProvider provider = new FakeProvider(new TestClock());
  private final OAuth2Session session = provider.loggedIn(provider.session());

  @AfterEach
  void stop() {
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void readingIsRepeatedWhileTheServerIsBusy(int status) {
    provider.user = afterTwo(busy(status), provider.user);

    assertEquals("ada", session.api().account().getUser().username());
    assertEquals(3, provider.askedAt("/api/user").size());
  }

  @Test
  void readingIsRepeatedWhenTheConnectionBreaks() {
    provider.user = afterTwo(Answer.LOST, provider.user);

    assertEquals("ada", session.api().account().getUserAsync().join().username());
  }

  @Test
  void attemptsAreCounted() {
    provider.user = asked -> busy(503);

    ProblemException refused =
        assertThrows(ProblemException.class, () -> session.api().account().getUser());

    assertTrue(refused.isTemporary());
    assertEquals(503, refused.status().orElseThrow());
    assertEquals(4, provider.askedAt("/api/user").size());
  }

  /** Nobody knows whether the user was made. */
  @Test
  void creationIsNotRepeatedWhenTheAnswerIsLost() {
    provider.users = asked -> Answer.LOST;

    assertThrows(TransportException.class, () -> provider.gatewright().users().signUp(SIGN_UP));
    assertEquals(1, provider.askedAt("/api/users").size());
  }

  @Test
  void creationIsRepeatedOnlyWhenTheServerSaysWhen() {
    Function<Asked, Answer> creating = provider.users;
    provider.users = afterTwo(busy(503), creating);
    assertThrows(ProblemException.class, () -> provider.gatewright().users().signUp(SIGN_UP));
    assertEquals(1, provider.askedAt("/api/users").size());

    provider.asked.clear();
    provider.users = afterTwo(busy(503).with("Retry-After", "0"), creating);
    assertEquals("ada", provider.gatewright().users().signUp(SIGN_UP).username());
    assertEquals(3, provider.askedAt("/api/users").size());
  }

  @Test
  void retryAfterIsWaitedFor() {
    provider.user = afterTwo(busy(503).with("Retry-After", "1"), provider.user);
    long begun = System.nanoTime();

    session.api().account().getUser();

    assertTrue(Duration.ofNanos(System.nanoTime() - begun).compareTo(Duration.ofSeconds(2)) >= 0);
  }

  /** The deadline of the test's retries is 20 seconds. */
  @Test
  void retryAfterBeyondTheDeadlineIsToldInstead() {
    provider.user = asked -> busy(429).with("Retry-After", "21");
    long begun = System.nanoTime();

    ProblemException refused =
        assertThrows(ProblemException.class, () -> session.api().account().getUser());

    assertEquals(Duration.ofSeconds(21), refused.retryAfter().orElseThrow());
    assertEquals(1, provider.askedAt("/api/user").size());
    assertTrue(Duration.ofNanos(System.nanoTime() - begun).compareTo(Duration.ofSeconds(10)) < 0);
  }

  @Test
  void otherFailuresOfTheServerAreNotRepeated() {
    provider.user = asked -> new Answer(500, "text/plain", "broken");

    assertThrows(TransportException.class, () -> session.api().account().getUser());
    assertEquals(1, provider.askedAt("/api/user").size());
  }

  /**
   * A busy server has not redeemed the code, says Retry-After; but a code is never worth the risk.
   */
  @Test
  void codeIsSentOnceHoweverBusyTheServer() {
    provider.tokenEndpoint =
        asked -> Answer.error(503, "temporarily_unavailable", "later").with("Retry-After", "0");
    OAuth2Session other = provider.session().build();
    AuthorizationRequest request = other.authorizationUrl();

    assertThrows(
        OAuthErrorException.class, () -> other.fetchToken(provider.approve(request), request));
    assertEquals(1, provider.askedAt("/oauth2/token").size());
  }

  @Test
  void serverThatDoesNotAnswerIsGivenUp() {
    Gatewright hasty =
        Gatewright.builder(provider.issuer())
            .timeout(Duration.ofMillis(200))
            .retries(Retries.NONE)
            .build();
    provider.users =
        asked -> {
          sleep();
          return Answer.LOST;
        };

    TransportException failure =
        assertThrows(TransportException.class, () -> hasty.users().signUp(SIGN_UP));
    assertTrue(failure.getMessage().contains("not answered in time"), failure.getMessage());
    assertTrue(failure.status().isEmpty());
  }

  @Test
  void failureOfAnAsynchronousCallIsTheSame() {
    provider.user = asked -> busy(503);

    CompletionException failure =
        assertThrows(
            CompletionException.class, () -> session.api().account().getUserAsync().join());
    assertInstanceOf(ProblemException.class, failure.getCause());
  }

  /** A body is sent whole each time. */
  @Test
  void putIsRepeatedWithItsBody() {
    provider.user = afterTwo(busy(429), asked -> new Answer(204, "text/plain", ""));

    session
        .api()
        .account()
        .changePassword(
            PasswordChange.builder().currentPassword("old").newPassword("new password").build());

    assertEquals(
        1, provider.askedAt("/api/user/password").stream().map(Asked::body).distinct().count());
    assertEquals(3, provider.askedAt("/api/user/password").size());
  }

  private static Answer busy(int status) {
    return Answer.json(status, Map.of("type", "about:blank", "title", "Busy", "status", status));
  }

  private static Function<Asked, Answer> afterTwo(Answer first, Function<Asked, Answer> then) {
    AtomicInteger count = new AtomicInteger();
    return asked -> count.incrementAndGet() <= 2 ? first : then.apply(asked);
  }

  private static void sleep() {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
