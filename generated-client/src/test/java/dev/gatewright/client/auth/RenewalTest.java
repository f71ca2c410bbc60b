package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.GatewrightException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Access tokens stay fresh (RFC 6749 §6), by one request however many threads ask. */
@Timeout(60)
class RenewalTest {

  private static final String TOKEN = "/oauth2/token";

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void freshTokenIsUsedAsItIs() {
    OAuth2Session session = provider.loggedIn(provider.session());
    clock.advance(Duration.ofSeconds(3600 - 31));

    assertEquals(session.accessToken(), session.accessToken());
    assertTrue(provider.asked.isEmpty());
  }

  @Test
  void tokenIsRenewedAheadOfItsExpiry() {
    OAuth2Session session = provider.loggedIn(provider.session());
    String before = session.accessToken();
    clock.advance(Duration.ofSeconds(3600 - 30));

    assertNotEquals(before, session.accessToken());
    assertEquals(1, provider.askedAt(TOKEN).size());
  }

  @Test
  void shortLivedTokenIsNotRenewedInItsFirstHalf() {
    provider.lifetime = 20;
    OAuth2Session session = provider.loggedIn(provider.session());

    clock.advance(Duration.ofSeconds(9));
    session.accessToken();
    assertTrue(provider.asked.isEmpty());

    clock.advance(Duration.ofSeconds(1));
    session.accessToken();
    assertEquals(1, provider.askedAt(TOKEN).size());
  }

  @Test
  void rotatedRefreshTokenIsStoredAndUsedNext() {
    OAuth2Session session = provider.loggedIn(provider.session());
    String first = session.tokens().orElseThrow().refreshToken();
    clock.advance(Duration.ofHours(1));
    session.accessToken();
    String second = session.tokens().orElseThrow().refreshToken();
    clock.advance(Duration.ofHours(1));
    session.accessToken();

    List<Asked> refreshes = provider.askedAt(TOKEN);
    assertNotEquals(first, second);
    assertEquals("refresh_token", refreshes.get(0).form().get("grant_type"));
    assertEquals(first, refreshes.get(0).form().get("refresh_token"));
    assertEquals(second, refreshes.get(1).form().get("refresh_token"));
    assertEquals("user-1", session.tokens().orElseThrow().idTokenClaims().get("sub"));
  }

  @Test
  void refreshTokenThatIsNotRotatedStays() {
    OAuth2Session session = provider.loggedIn(provider.session());
    Tokens before = session.tokens().orElseThrow();
    provider.tokenEndpoint =
        asked ->
            Answer.json(
                200, Map.of("access_token", "next", "token_type", "Bearer", "expires_in", 60));
    clock.advance(Duration.ofHours(1));

    assertEquals("next", session.accessToken());
    assertEquals(before.refreshToken(), session.tokens().orElseThrow().refreshToken());
    assertEquals(before.scopes(), session.tokens().orElseThrow().scopes());
  }

  @Test
  void twoHundredThreadsRefreshOnce() {
    OAuth2Session session = provider.loggedIn(provider.session());
    clock.advance(Duration.ofHours(1));

    Set<Object> results = askedByTwoHundredThreads(session, provider::grant);

    assertEquals(1, provider.askedAt(TOKEN).size());
    assertEquals(Set.of(session.accessToken()), results);
  }

  @Test
  void twoHundredThreadsShareOneFailure() {
    OAuth2Session session = provider.loggedIn(provider.session());
    clock.advance(Duration.ofHours(1));

    Set<Object> results =
        askedByTwoHundredThreads(session, asked -> new Answer(503, "text/plain", "later"));

    assertEquals(1, provider.askedAt(TOKEN).size());
    assertEquals(Set.of(TransportException.class), results);
  }

  /**
   * A thread that found the old tokens, and slept while another renewed them, does not use the old
   * refresh token.
   */
  @Test
  void latecomerTakesWhatAnotherRenewed() throws Exception {
    CountDownLatch oldTokensSeen = new CountDownLatch(1);
    CountDownLatch renewed = new CountDownLatch(1);
    class SlowStore implements TokenStore {
      private final TokenStore store = TokenStore.inMemory();
      private volatile @Nullable Thread slow;

      @Override
      public Optional<Tokens> load() {
        Optional<Tokens> tokens = store.load();
        if (Thread.currentThread() == slow) {
          oldTokensSeen.countDown();
          await(renewed);
        }
        return tokens;
      }

      @Override
      public void save(Tokens tokens) {
        store.save(tokens);
      }

      @Override
      public void clear() {
        store.clear();
      }
    }
    SlowStore store = new SlowStore();
    OAuth2Session session = provider.loggedIn(provider.session().tokenStore(store));
    clock.advance(Duration.ofHours(1));
    CompletableFuture<String> late = new CompletableFuture<>();
    Thread latecomer = new Thread(() -> late.complete(session.accessToken()));
    store.slow = latecomer;
    latecomer.start();
    await(oldTokensSeen);

    String token = session.accessToken();
    renewed.countDown();

    assertEquals(token, late.get(30, TimeUnit.SECONDS));
    assertEquals(1, provider.askedAt(TOKEN).size());
  }

  @Test
  void interruptedCallerDoesNotSpoilTheRenewalForOthers() throws Exception {
    OAuth2Session session = provider.loggedIn(provider.session());
    clock.advance(Duration.ofHours(1));
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    provider.tokenEndpoint =
        asked -> {
          arrived.countDown();
          await(go);
          return provider.grant(asked);
        };
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Thread first = new Thread(() -> assertThrows(TransportException.class, session::accessToken));
      first.start();
      await(arrived);
      Future<String> second = threads.submit(session::accessToken);
      first.interrupt();
      first.join();
      go.countDown();

      assertEquals(second.get(30, TimeUnit.SECONDS), session.accessToken());
      assertEquals(1, provider.askedAt(TOKEN).size());
    } finally {
      threads.shutdownNow();
    }
  }

  /** RFC 6749 §5.2: expired, revoked, or a refresh token used twice. */
  @Test
  void invalidGrantClearsTheTokens() {
    OAuth2Session session = provider.loggedIn(provider.session());
    provider.tokenEndpoint = asked -> Answer.error(400, "invalid_grant", "The grant was revoked");
    clock.advance(Duration.ofHours(1));

    AuthorizationRequiredException error =
        assertThrows(AuthorizationRequiredException.class, session::accessToken);

    assertEquals("invalid_grant", ((OAuthErrorException) error.getCause()).error());
    assertTrue(session.tokens().isEmpty());
    assertThrows(AuthorizationRequiredException.class, session::accessToken);
    assertEquals(1, provider.askedAt(TOKEN).size());
  }

  @Test
  void failureThatMayPassLeavesTheTokensAlone() {
    OAuth2Session session = provider.loggedIn(provider.session());
    provider.tokenEndpoint = asked -> new Answer(503, "text/plain", "later");
    clock.advance(Duration.ofHours(1));
    assertThrows(TransportException.class, session::accessToken);

    provider.tokenEndpoint = provider::grant;
    assertEquals(
        session.tokens().orElseThrow().scopes(), Set.of("openid", "offline_access", "user:read"));
    session.accessToken();
  }

  @Test
  void tokenThatIsStillValidIsUsedWhileTheServerIsAway() {
    OAuth2Session session = provider.loggedIn(provider.session());
    String before = session.accessToken();
    provider.tokenEndpoint = asked -> new Answer(503, "text/plain", "later");

    clock.advance(Duration.ofSeconds(3600 - 1));
    assertEquals(before, session.accessToken());
    clock.advance(Duration.ofSeconds(1));
    assertThrows(TransportException.class, session::accessToken);
  }

  @Test
  void withoutRefreshTokenTheUserIsNeeded() {
    provider.tokenEndpoint =
        asked ->
            Answer.json(
                200,
                Map.of(
                    "access_token",
                    "only",
                    "token_type",
                    "Bearer",
                    "expires_in",
                    60,
                    "scope",
                    "a"));
    OAuth2Session session = provider.loggedIn(provider.session());

    clock.advance(Duration.ofSeconds(59));
    assertEquals("only", session.accessToken());
    clock.advance(Duration.ofSeconds(1));
    assertThrows(AuthorizationRequiredException.class, session::accessToken);
  }

  @Test
  void sessionGoesOnFromWhatItsStoreKept() {
    TokenStore store = TokenStore.inMemory();
    provider.loggedIn(provider.session().tokenStore(store));
    clock.advance(Duration.ofHours(1));

    String token = provider.session().tokenStore(store).build().accessToken();

    assertEquals(token, store.load().orElseThrow().accessToken());
    assertEquals(1, provider.askedAt(TOKEN).size());
  }

  /** Another process that shares the store was faster: its tokens are taken, nothing is sent. */
  @Test
  void sessionLooksAgainOnceItIsAloneWithItsStore() {
    class SharedStore implements TokenStore {
      private final TokenStore store = TokenStore.inMemory();
      private volatile @Nullable Tokens renewedElsewhere;

      @Override
      public Optional<Tokens> load() {
        return store.load();
      }

      @Override
      public void save(Tokens tokens) {
        store.save(tokens);
      }

      @Override
      public void clear() {
        store.clear();
      }

      @Override
      public <T> T exclusively(Supplier<T> work) {
        Tokens other = renewedElsewhere;
        if (other != null) {
          store.save(other);
        }
        return work.get();
      }
    }
    SharedStore store = new SharedStore();
    OAuth2Session session = provider.loggedIn(provider.session().tokenStore(store));
    clock.advance(Duration.ofHours(1));
    store.renewedElsewhere =
        new Tokens(
            "of the other process",
            "its successor",
            null,
            Set.of("user:read"),
            clock.instant(),
            clock.instant().plusSeconds(3600));

    assertEquals("of the other process", session.accessToken());
    assertTrue(provider.askedAt(TOKEN).isEmpty());
  }

  /**
   * What each of them got, tokens and classes of failures; the server answers once all of them
   * wait.
   */
  private Set<Object> askedByTwoHundredThreads(
      OAuth2Session session, Function<Asked, Answer> answer) {
    Set<Object> results = ConcurrentHashMap.newKeySet();
    List<Thread> threads =
        Stream.generate(() -> new Thread(() -> results.add(accessTokenOrFailure(session))))
            .limit(200)
            .toList();
    provider.tokenEndpoint =
        asked -> {
          while (threads.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
          }
          return answer.apply(asked);
        };
    threads.forEach(Thread::start);
    threads.forEach(RenewalTest::join);
    return results;
  }

  private static Object accessTokenOrFailure(OAuth2Session session) {
    try {
      return session.accessToken();
    } catch (GatewrightException e) {
      return e.getClass();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
