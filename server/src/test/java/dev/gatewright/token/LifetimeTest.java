package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Answer;
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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When codes and tokens end by time, to the second. */
class LifetimeTest {
  private static final TestClock CLOCK = new TestClock();

  private static TestServer server;
  private static TestClient app;
  private static User user;
  private static Doors doors;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "gatewright.sessions.idle-timeout", "90d", "gatewright.sessions.lifetime", "90d"),
            CLOCK);
    user = new TestUsers(server).user();
    app = ClientBuilder.nativeApp(server).register();
    doors = new Doors(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** RFC 6749 §4.1.2: short; here 60 seconds. */
  @Test
  void codeEndsAfterAMinute() {
    Browser browser = new Browser(server).logIn(user);
    String early = Answer.of(app.flow().send(browser)).value("code");
    CLOCK.advance(Duration.ofSeconds(59));
    assertEquals(200, app.flow().redeem(early).statusCode());

    String late = Answer.of(app.flow().send(browser)).value("code");
    CLOCK.advance(Duration.ofSeconds(60));
    assertInvalidGrant(app.flow().redeem(late));
  }

  /** A code that was redeemed and has expired since still tells of a theft (OAuth 2.1 §4.1.3). */
  @Test
  void reuseOfAnExpiredCodeRevokesToo() {
    CodeFlow flow = app.flow();
    String code = flow.code(user);
    Tokens tokens = Tokens.of(flow.redeem(code));
    CLOCK.advance(Duration.ofMinutes(5));

    doors.assertOpenTo(tokens.access());
    assertInvalidGrant(flow.redeem(code));
    doors.assertClosedTo(tokens.access());
  }

  /** RFC 9068 §2.2, RFC 6750 §3.1. */
  @Test
  void accessTokenEndsAfterAnHour() {
    Tokens tokens = app.flow().tokens(user);
    CLOCK.advance(Duration.ofSeconds(3599));
    doors.assertOpenTo(tokens.access());
    CLOCK.advance(Duration.ofSeconds(1));
    doors.assertClosedTo(tokens.access());
  }

  /** OAuth 2.1 §4.3.1: rotation does not prolong what was granted. */
  @Test
  void refreshTokenFamilyEndsThirtyDaysAfterTheGrant() {
    Tokens tokens = app.flow().with("scope", "openid offline_access").tokens(user);
    CLOCK.advance(Duration.ofDays(29));
    Tokens successor = Tokens.of(app.refresh(tokens.refresh()));
    CLOCK.advance(Duration.ofDays(1));

    assertInvalidGrant(app.refresh(successor.refresh()));
  }

  /** OAuth 2.1 §4.3.1: a token that nobody uses ends before its family. */
  @Test
  void unusedRefreshTokenEndsWhenItIdles() {
    TestClient idling = ClientBuilder.nativeApp(server).refreshTokenIdleLifetime(3600).register();
    Tokens tokens = offline(idling);
    CLOCK.advance(Duration.ofSeconds(3600));

    assertInvalidGrant(idling.refresh(tokens.refresh()));
    assertInvalidGrant(idling.refresh(tokens.refresh()));
  }

  @Test
  void refreshTokenThatIsUsedGoesOnUntilItsFamilyEnds() {
    TestClient idling =
        ClientBuilder.nativeApp(server).refreshTokenIdleLifetime(86_400 * 20).register();
    Tokens tokens = offline(idling);
    CLOCK.advance(Duration.ofDays(19));
    tokens = Tokens.of(idling.refresh(tokens.refresh()));
    CLOCK.advance(Duration.ofDays(10));
    tokens = Tokens.of(idling.refresh(tokens.refresh()));
    CLOCK.advance(Duration.ofDays(1));

    assertInvalidGrant(idling.refresh(tokens.refresh()));
  }

  /** RFC 9700 §4.14.2: also long after its successor idled away. */
  @Test
  void usedRefreshTokenIsRememberedUntilItsFamilyEnds() {
    TestClient idling = ClientBuilder.nativeApp(server).refreshTokenIdleLifetime(3000).register();
    Tokens first = offline(idling);
    CLOCK.advance(Duration.ofSeconds(2900));
    Tokens second = Tokens.of(idling.refresh(first.refresh()));
    CLOCK.advance(Duration.ofSeconds(200));

    doors.assertOpenTo(second.access());
    assertInvalidGrant(idling.refresh(first.refresh()));
    doors.assertClosedTo(second.access());
  }

  /** RFC 7662 §2.2: {@code exp} is when it ends, whatever ends it. */
  @Test
  void introspectionTellsWhenARefreshTokenEnds() {
    TestClient own =
        ClientBuilder.web(server).resourceServer().refreshTokenIdleLifetime(600).register();
    String refresh = offline(own).refresh();
    JsonNode alive = Http.body(200, own.post("/oauth2/introspect", Map.of("token", refresh)));
    CLOCK.advance(Duration.ofSeconds(600));
    JsonNode ended = Http.body(200, own.post("/oauth2/introspect", Map.of("token", refresh)));

    assertEquals(600, alive.get("exp").asLong() - alive.get("iat").asLong());
    assertEquals("{\"active\":false}", ended.toString());
  }

  private static Tokens offline(TestClient client) {
    return client.flow().with("scope", "openid user:read offline_access").tokens(user);
  }

  private static void assertInvalidGrant(HttpResponse<String> response) {
    assertEquals("invalid_grant", Http.body(400, response).get("error").asText());
  }
}
