package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
        asked -> Answer.json(200, Map.of("access_token", "next", "token_type", "Bearer", "expires_in", 60));
    clock.advance(Duration.ofHours(1));

    assertEquals("next", session.accessToken());
    assertEquals(before.refreshToken(), session.tokens().orElseThrow().refreshToken());
    assertEquals(before.scopes(), session.tokens().orElseThrow().scopes());
  }

  @Test
  void twoHundredThreadsRefreshOnce() throws Exception {
    OAuth2Session session = provider.loggedIn(provider.session());
    clock.advance(Duration.ofHours(1));
    int count = 200;
    CountDownLatch everyoneAsks = new CountDownLatch(count);
    provider.tokenEndpoint =
        asked -> {
          await(everyoneAsks);
          return provider.grant(asked);
        };
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        results.add(
            threads.submit(
                () -> {
                  everyoneAsks.countDown();
                  return session.accessToken();
                }));
      }
      Set<String> tokens = new HashSet<>();
      for (Future<String> result : results) {
        tokens.add(result.get(30, TimeUnit.SECONDS));
      }

      assertEquals(1, provider.askedAt(TOKEN).size());
      assertEquals(Set.of(session.accessToken()), tokens);
    } finally {
      threads.shutdownNow();
    }
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

    OAuthErrorException error = assertThrows(OAuthErrorException.class, session::accessToken);

    assertEquals("invalid_grant", error.error());
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
    assertEquals(session.tokens().orElseThrow().scopes(), Set.of("openid", "offline_access", "user:read"));
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
        asked -> Answer.json(200, Map.of("access_token", "only", "token_type", "Bearer", "expires_in", 60, "scope", "a"));
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

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
