package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.error.InvalidTokenException;
import dev.gatewright.client.error.TransportException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The issuer's keys come and go, and so does the issuer. */
@Timeout(60)
class IssuerKeysTest {

  private static final String JWKS = "/.well-known/jwks.json";

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);
  private final AccessTokenVerifier verifier =
      provider.gatewright().verifier(provider.issuer().toString());

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void keysAreFetchedOnceForManyTokens() {
    for (int i = 0; i < 10; i++) {
      verifier.verify(token());
    }

    assertEquals(1, provider.askedAt(JWKS).size());
  }

  @Test
  void newKeyIsFetchedAtOnce() {
    verifier.verify(token());
    provider.keys = new TestKeys("2");

    assertEquals("user-1", verifier.verify(token()).subject());
    assertEquals(2, provider.askedAt(JWKS).size());
  }

  @Test
  void keyThatTheIssuerTookAwayIsNotTakenForLong() {
    provider.lifetime = 86_400;
    String token = token();
    verifier.verify(token);
    provider.keys = new TestKeys("2");

    clock.advance(Duration.ofMinutes(10));

    InvalidTokenException refused =
        assertThrows(InvalidTokenException.class, () -> verifier.verify(token));
    assertEquals(InvalidTokenException.Reason.KEY, refused.reason());
  }

  @Test
  void knownKeysStayGoodForADayWhileTheIssuerIsAway() {
    provider.lifetime = 2 * 86_400;
    String token = token();
    verifier.verify(token);
    provider.jwks = asked -> new Answer(503, "text/plain", "later");

    clock.advance(Duration.ofHours(23));
    assertEquals("user-1", verifier.verify(token).subject());

    clock.advance(Duration.ofHours(1));
    assertThrows(TransportException.class, () -> verifier.verify(token));
  }

  @Test
  void keysThatAreGettingOldAreFetchedInTheBackground() throws InterruptedException {
    verifier.verify(token());
    provider.jwks = asked -> Answer.LOST;
    clock.advance(Duration.ofMinutes(6));

    assertEquals("user-1", verifier.verify(token()).subject());
    while (provider.askedAt(JWKS).size() < 2) {
      Thread.sleep(10);
    }
  }

  /** A service may start before its issuer. */
  @Test
  void verifierThatFoundNoIssuerTriesAgain() {
    Object jwksUri = provider.metadata.remove("jwks_uri");
    assertThrows(RuntimeException.class, () -> verifier.verify(token()));
    provider.metadata.put("jwks_uri", jwksUri);

    assertEquals("user-1", verifier.verify(token()).subject());
  }

  @Test
  void keysThatCannotBeFetchedAreNoVerdictAboutTheToken() {
    provider.jwks = asked -> new Answer(500, "text/plain", "broken");

    TransportException failure =
        assertThrows(TransportException.class, () -> verifier.verify(token()));
    assertTrue(failure.isTemporary());
  }

  private String token() {
    return provider.accessToken(claims -> {});
  }
}
