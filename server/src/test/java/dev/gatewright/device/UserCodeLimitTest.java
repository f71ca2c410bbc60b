package dev.gatewright.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever guesses user codes is slowed down (RFC 8628 §5.1). */
class UserCodeLimitTest {
  private static final String WRONG = "/device?user_code=BCDF-BCDF";

  private final TestClock clock = new TestClock();
  private TestServer server;
  private TestUsers users;
  private TestClient tv;

  @BeforeEach
  void start() {
    server = TestServer.start(Map.of("gatewright.device.failures-per-address", 12), clock);
    users = new TestUsers(server);
    tv = ClientBuilder.device(server).register();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aUserMayBeWrongFiveTimesAndThenHasToWait() {
    Browser browser = new Browser(server).logIn(users.user());
    assertWrong(browser, 5);

    HttpResponse<String> refused = browser.get(WRONG);
    assertEquals(429, refused.statusCode());
    assertTrue(Http.header(refused, "Content-Type").startsWith("text/html"), refused.toString());
    assertTrue(refused.body().contains("Too many codes were wrong"), refused.body());
    int wait = Integer.parseInt(Http.header(refused, "Retry-After"));
    assertTrue(wait > 0 && wait <= 61, "wait " + wait);

    clock.advance(Duration.ofSeconds(wait));
    assertWrong(browser, 1);
    assertEquals(429, browser.get(WRONG).statusCode());
  }

  /** Else the limit would tell right from wrong. */
  @Test
  void whoHasToWaitIsNotToldOfRightCodesEither() {
    DeviceFlow device = tv.device("openid");
    Browser browser = new Browser(server).logIn(users.user());
    HttpResponse<String> page = device.open(browser);
    assertWrong(browser, 5);

    assertEquals(429, browser.get(device.page()).statusCode());
    assertEquals(429, browser.submit("/device", page, Map.of("decision", "allow")).statusCode());
    assertEquals("authorization_pending", device.pollError());
  }

  @Test
  void guessesByFormCountToo() {
    Browser browser = new Browser(server).logIn(users.user());
    Map<String, String> form =
        new HashMap<>(Browser.hiddenFields(tv.device("openid").open(browser)));
    form.put("user_code", "BCDF-BCDF");
    form.put("decision", "allow");
    for (int i = 0; i < 5; i++) {
      assertEquals(404, browser.http().form("/device", form).statusCode());
    }

    assertEquals(429, browser.http().form("/device", form).statusCode());
  }

  @Test
  void anotherSessionOfTheSameUserHasNoMoreAttempts() {
    var user = users.user();
    assertWrong(new Browser(server).logIn(user), 5);

    assertEquals(429, new Browser(server).logIn(user).get(WRONG).statusCode());
  }

  @Test
  void manyUsersAtOneAddressShareItsLimit() {
    for (int i = 0; i < 3; i++) {
      assertWrong(new Browser(server).logIn(users.user()), 4);
    }
    assertEquals(429, new Browser(server).logIn(users.user()).get(WRONG).statusCode());
  }

  @Test
  void rightCodesAndWhatCannotBeOneDoNotCount() {
    Browser browser = new Browser(server).logIn(users.user());
    DeviceFlow device = tv.device("openid");
    for (int i = 0; i < 20; i++) {
      device.open(browser);
      assertEquals(404, browser.get("/device?user_code=nonsense").statusCode());
    }

    assertWrong(browser, 5);
  }

  private static void assertWrong(Browser browser, int times) {
    for (int i = 0; i < times; i++) {
      assertEquals(404, browser.get(WRONG).statusCode());
    }
  }
}
