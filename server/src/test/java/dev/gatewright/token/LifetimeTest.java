package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  private static void assertInvalidGrant(HttpResponse<String> response) {
    assertEquals("invalid_grant", Http.body(400, response).get("error").asText());
  }
}
