package dev.gatewright.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Doors;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Signing keys follow each other by themselves: every 90 days, each published a day before it signs
 * and kept until the last token of it has expired.
 */
class KeyScheduleTest {
  private static final Duration UNTIL_PUBLISHED = Duration.ofDays(89);
  private static final Duration UNTIL_USED = Duration.ofDays(1);
  private static final Duration LONGEST_TOKEN = Duration.ofSeconds(86_400);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestClock clock = new TestClock();
  private final TestServer server = TestServer.start(Map.of(), clock);
  private final TestKeys keys = new TestKeys(server);
  private final Doors doors = new Doors(server);
  private final User user = new TestUsers(server).user();
  private final TestClient app = ClientBuilder.nativeApp(server).register();

  @AfterEach
  void stop() {
    server.close();
  }

  /** Nobody can have cached an older JWK set. */
  @Test
  void firstKeysSignAtOnce() {
    Tokens tokens = app.flow().tokens(user);
    assertEquals(List.of(TestKeys.kid(tokens.access())), keys.published("ES256"));
    assertEquals(List.of(TestKeys.kid(tokens.id())), keys.published("RS256"));
  }

  @Test
  void successorIsPublishedADayBeforeItSigns() {
    String first = signingKid();
    pass(UNTIL_PUBLISHED.minus(SECOND));
    assertEquals(List.of(first), keys.published("ES256"));
    pass(SECOND);
    List<String> published = keys.published("ES256");
    assertEquals(2, published.size());
    assertEquals(first, published.getFirst());

    clock.advance(UNTIL_USED.minus(SECOND));
    assertEquals(first, signingKid());
    clock.advance(SECOND); // the clock alone decides
    assertEquals(published.getLast(), signingKid());
    assertEquals(published, keys.published("ES256"));
  }

  @Test
  void keysOfEveryAlgorithmAreRotatedAndStayApart() {
    pass(UNTIL_PUBLISHED);
    for (String alg : SigningAlgorithm.names()) {
      assertEquals(2, keys.published(alg).size(), alg);
    }
    pass(Duration.ofHours(1));
    assertEquals(8, keys.jwks().size(), "Nothing is made twice");
  }

  @Test
  void oneGenerationFollowsTheOther() {
    String before = signingKid();
    for (int generation = 2; generation <= 5; generation++) {
      pass(UNTIL_PUBLISHED);
      pass(UNTIL_USED);
      assertNotEquals(before, signingKid());
      before = signingKid();
      pass(Duration.ZERO);
    }
    assertEquals(2, keys.published("ES256").size(), "The others have left");
  }

  @Test
  void tokenOfASupersededKeyIsGoodUntilItExpires() {
    pass(UNTIL_PUBLISHED);
    clock.advance(UNTIL_USED.minus(SECOND));
    Tokens last = app.flow().tokens(user);
    assertEquals(keys.published("ES256").getFirst(), TestKeys.kid(last.access()));

    pass(Duration.ofSeconds(3599));
    doors.assertOpenTo(last.access());
    pass(SECOND);
    doors.assertClosedTo(last.access());
    pass(LONGEST_TOKEN.minusSeconds(3600)); // another one could have lived so long
    keys.assertVerifies(last.access());
    keys.assertVerifies(last.id());
    assertTrue(isOurs(last.access()));
  }

  @Test
  void supersededKeyLeavesAnHourAfterItsLastTokenHasExpired() {
    String first = signingKid();
    String last = app.flow().tokens(user).access();
    pass(UNTIL_PUBLISHED);
    pass(UNTIL_USED);
    pass(LONGEST_TOKEN.plusMinutes(60).minus(SECOND));
    assertEquals(first, keys.published("ES256").getFirst());
    assertEquals(8, rows());

    assertTrue(isOurs(last));

    clock.advance(SECOND);
    assertEquals(List.of(signingKid()), keys.published("ES256"));
    assertFalse(isOurs(last));
    pass(Duration.ZERO);
    assertEquals(4, rows());
    assertFalse(isOurs(last));
  }

  @Test
  void privateHalfIsErasedOnceItNoLongerSigns() {
    String first = signingKid();
    pass(UNTIL_PUBLISHED);
    clock.advance(UNTIL_USED.minus(SECOND));
    Tokens last = app.flow().tokens(user);
    pass(SECOND.plusMinutes(60).minus(SECOND));
    assertNotNull(stored(first).signer(), "A node whose clock is behind may still sign");
    pass(SECOND);

    assertNull(stored(first).signer());
    assertTrue(isOurs(last.access()));
    assertNotNull(stored(signingKid()).signer());
  }

  /** RFC 9068 §2.1, OpenID Connect Core §2: what is issued is signed by the new keys. */
  @Test
  void codeFlowAfterARotationYieldsTokensOfTheNewKeys() {
    pass(UNTIL_PUBLISHED);
    pass(UNTIL_USED);
    Tokens tokens = app.flow().tokens(user);

    assertEquals("at+jwt", TestKeys.typ(tokens.access()));
    assertEquals(keys.published("ES256").getLast(), TestKeys.kid(tokens.access()));
    assertEquals(keys.published("RS256").getLast(), TestKeys.kid(tokens.id()));
    keys.assertVerifies(tokens.access());
    keys.assertVerifies(tokens.id());
    doors.assertOpenTo(tokens.access());
  }

  @Test
  void serverThatWasOffForLongPublishesBeforeUseAllTheSame() {
    String first = signingKid();
    pass(Duration.ofDays(200));
    assertEquals(2, keys.published("ES256").size());
    clock.advance(UNTIL_USED.minus(SECOND));
    assertEquals(first, signingKid());
    clock.advance(SECOND);
    assertEquals(keys.published("ES256").getLast(), signingKid());
  }

  @Test
  void intervalAndLeadAreConfigured() {
    try (TestServer other =
        TestServer.start(
            Map.of(
                "gatewright.keys.rotation-interval", "7d",
                "gatewright.keys.publish-before-use", "2h"),
            clock)) {
      TestKeys its = new TestKeys(other);
      clock.advance(Duration.ofDays(7).minusHours(2).minusSeconds(1));
      its.tend();
      assertEquals(1, its.published("EdDSA").size());
      clock.advance(SECOND);
      its.tend();
      assertEquals(2, its.published("EdDSA").size());
    }
  }

  /** A node whose clock is ahead made the keys, or withdrew all others, a moment ago. */
  @Test
  void onlyKeyThereIsSignsAlready() {
    SigningKey key = stored(signingKid());
    KeyRing ring = new KeyRing(List.of(key));
    assertEquals(
        key, ring.signing(SigningAlgorithm.ES256, key.signsFrom().minusSeconds(3)).orElseThrow());
    assertTrue(ring.waiting(SigningAlgorithm.ES256, key.signsFrom().minusSeconds(3)).isEmpty());
  }

  private void pass(Duration time) {
    clock.advance(time);
    keys.tend();
  }

  private String signingKid() {
    return server.bean(SigningKeys.class).current(SigningAlgorithm.ES256).kid();
  }

  private SigningKey stored(String kid) {
    return server.bean(StoredKeys.class).read().stream()
        .filter(key -> key.kid().equals(kid))
        .findFirst()
        .orElseThrow();
  }

  private boolean isOurs(String jwt) {
    try {
      return server.bean(JwtVerifier.class).isOurs(SignedJWT.parse(jwt));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private int rows() {
    return server.bean(SigningKeyRepository.class).findAll().size();
  }
}
