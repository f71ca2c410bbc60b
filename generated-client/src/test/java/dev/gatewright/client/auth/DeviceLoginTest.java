package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.jwt.TokenTime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device whose user answers elsewhere (RFC 8628). */
class DeviceLoginTest {

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);
  private final List<Duration> pauses = new ArrayList<>();
  private final List<DevicePrompt> prompts = new ArrayList<>();

  @BeforeEach
  void giveCodes() {
    provider.deviceCodes =
        Map.of(
            "device_code", "the-device-code",
            "user_code", "WDJB-MJHT",
            "verification_uri", "https://id.example/device",
            "verification_uri_complete", "https://id.example/device?user_code=WDJB-MJHT",
            "expires_in", 600,
            "interval", 5);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void userIsShownTheCodeAndAskedForUntilHeAnswers() {
    answerPolls(
        Answer.error(400, "authorization_pending", "wait"),
        Answer.error(400, "authorization_pending", "wait"));

    Tokens tokens = logIn();

    assertEquals("WDJB-MJHT", prompts.get(0).userCode());
    assertEquals(URI.create("https://id.example/device"), prompts.get(0).verificationUri());
    assertFalse(prompts.get(0).toString().contains("WDJB"));
    Asked polled = provider.askedAt("/oauth2/token").get(0);
    assertEquals("urn:ietf:params:oauth:grant-type:device_code", polled.form().get("grant_type"));
    assertEquals("the-device-code", polled.form().get("device_code"));
    assertEquals(3, provider.askedAt("/oauth2/token").size());
    assertEquals(List.of(seconds(5), seconds(5), seconds(5)), pauses);
    assertEquals("refresh", String.valueOf(tokens.refreshToken()).substring(0, 7));
  }

  /** RFC 8628 §3.5. */
  @Test
  void slowDownAddsFiveSeconds() {
    answerPolls(
        Answer.error(400, "slow_down", "wait"),
        Answer.error(400, "authorization_pending", "wait"),
        Answer.error(400, "slow_down", "wait"));

    logIn();

    assertEquals(List.of(seconds(5), seconds(10), seconds(10), seconds(15)), pauses);
  }

  /** RFC 8628 §3.5: the answer may have been lost to a server that is too busy. */
  @Test
  void lostAnswerMakesItTwiceAsSlow() {
    answerPolls(Answer.LOST, Answer.error(400, "authorization_pending", "wait"));

    logIn();

    assertEquals(List.of(seconds(5), seconds(10), seconds(10)), pauses);
  }

  @Test
  void denialIsTyped() {
    answerPolls(Answer.error(400, "access_denied", "no"));

    OAuthErrorException refused = assertThrows(OAuthErrorException.class, this::logIn);

    assertEquals("access_denied", refused.error());
  }

  @Test
  void expiryIsTypedWhoeverNoticesIt() {
    answerPolls(Answer.error(400, "expired_token", "too late"));
    assertEquals("expired_token", assertThrows(OAuthErrorException.class, this::logIn).error());

    provider.tokenEndpoint = asked -> Answer.error(400, "authorization_pending", "wait");
    assertEquals("expired_token", assertThrows(OAuthErrorException.class, this::logIn).error());
  }

  @Test
  void sessionKeepsWhatTheDeviceWasGiven() {
    provider.deviceCodes =
        Map.of(
            "device_code", "the-device-code",
            "user_code", "WDJB-MJHT",
            "verification_uri", "https://id.example/device",
            "expires_in", 600,
            "interval", 0);
    OAuth2Session session = provider.session().build();

    Tokens tokens = session.logInByDeviceAsync(prompts::add).join();

    assertEquals(tokens.accessToken(), session.accessToken());
    Asked asked = provider.askedAt("/oauth2/device_authorization").get(0);
    assertEquals("openid offline_access user:read", asked.form().get("scope"));
  }

  private Tokens logIn() {
    ClientCredentials client = new ClientCredentials("tv", null, null, ClientAuthentication.NONE);
    TokenTime time = new TokenTime(clock, Duration.ZERO, Duration.ZERO);
    TokenEndpoint endpoint = new TokenEndpoint(provider.gatewright().provider(), client, time);
    return new DevicePolling(endpoint, clock, this::pause)
        .logIn(Set.of("user:read"), List.of(), prompts::add);
  }

  private void pause(Duration time) {
    pauses.add(time);
    clock.advance(time);
  }

  private void answerPolls(Answer... answers) {
    Iterator<Answer> next = List.of(answers).iterator();
    provider.tokenEndpoint = asked -> next.hasNext() ? next.next() : provider.grant(asked);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
