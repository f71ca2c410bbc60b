package dev.gatewright.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Doors;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Device codes at the token endpoint (RFC 8628 §3.4, §3.5). */
class DeviceCodeTest {
  private static final TestClock CLOCK = new TestClock();
  private static final String OFFLINE = "openid user:read offline_access";

  private static TestServer server;
  private static TestUsers users;
  private static TestClient tv;
  private static TestClient confidential;
  private static Doors doors;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
    users = new TestUsers(server);
    tv = ClientBuilder.device(server).register();
    confidential = ClientBuilder.device(server).authMethod("client_secret_basic").register();
    doors = new Doors(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void deviceWaitsUntilItsUserHasAllowedIt() {
    for (TestClient client : new TestClient[] {tv, confidential}) {
      DeviceFlow device = client.device("openid user:read");
      User user = users.user();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> pending = device.poll();
        assertEquals("authorization_pending", Http.body(400, pending).get("error").asText());
        assertEquals("no-store", Http.header(pending, "Cache-Control"));
        CLOCK.advance(Duration.ofSeconds(5));
      }

      Tokens tokens = device.tokens(new Browser(server).logIn(user));
      doors.assertOpenTo(tokens.access());
      assertEquals("openid user:read", tokens.scope());
      JsonNode claims = Tokens.claims(tokens.access());
      assertEquals(user.id().toString(), claims.get("sub").asText());
      assertEquals(client.clientId(), claims.get("client_id").asText());
    }
  }

  /** RFC 8628 §3.5: 5 seconds more, for this and all subsequent requests. */
  @Test
  void whoPollsTooFastHasToSlowDownForGood() {
    DeviceFlow device = tv.device("openid");
    assertEquals("authorization_pending", device.pollError());
    CLOCK.advance(Duration.ofSeconds(4));
    assertEquals("slow_down", device.pollError());

    CLOCK.advance(Duration.ofSeconds(9));
    assertEquals("slow_down", device.pollError(), "10 seconds by now");
    for (int i = 0; i < 3; i++) {
      CLOCK.advance(Duration.ofSeconds(15));
      assertEquals("authorization_pending", device.pollError(), "15 seconds, and no more");
    }
    CLOCK.advance(Duration.ofSeconds(14));
    assertEquals("slow_down", device.pollError(), "it stays");
  }

  @Test
  void intervalOfOneDeviceIsNotAnothers() {
    DeviceFlow hasty = tv.device("openid");
    DeviceFlow other = tv.device("openid");
    hasty.poll();
    assertEquals("slow_down", hasty.pollError());

    assertEquals("authorization_pending", other.pollError());
    CLOCK.advance(Duration.ofSeconds(5));
    assertEquals("authorization_pending", other.pollError());
  }

  /** A device that was hasty still gets what it was allowed, at once. */
  @Test
  void whoIsAllowedNeedNotWait() {
    DeviceFlow device = tv.device("openid");
    device.poll();
    assertEquals("slow_down", device.pollError());

    assertFalse(device.tokens(new Browser(server).logIn(users.user())).access().isEmpty());
  }

  @Test
  void denialIsToldAsOftenAsItIsAsked() {
    DeviceFlow device = tv.device("openid");
    device.decide(new Browser(server).logIn(users.user()), "deny");

    assertEquals("access_denied", device.pollError());
    assertEquals("access_denied", device.pollError());
  }

  @Test
  void codesExpire() {
    DeviceFlow untouched = tv.device("openid");
    DeviceFlow approved = tv.device("openid");
    Browser browser = new Browser(server).logIn(users.user());
    approved.decide(browser, "allow");
    CLOCK.advance(Duration.ofSeconds(599));
    assertEquals("authorization_pending", untouched.pollError());
    HttpResponse<String> page = untouched.open(browser);
    CLOCK.advance(Duration.ofSeconds(1));

    assertEquals("expired_token", untouched.pollError());
    assertEquals("expired_token", approved.pollError());
    assertEquals(404, browser.submit("/device", page, Map.of("decision", "allow")).statusCode());
    assertEquals("expired_token", untouched.pollError());
  }

  /** RFC 6749 §5.2; and the rightful device is none the worse for it. */
  @Test
  void deviceCodeOfAnotherClientIsInvalid() {
    DeviceFlow device = tv.device("openid user:read");
    TestClient other = ClientBuilder.device(server).register();
    for (TestClient thief : new TestClient[] {other, confidential}) {
      assertInvalidGrant(device.poll(thief));
    }
    assertEquals("authorization_pending", device.pollError(), "a thief's poll is not the device's");
    device.decide(new Browser(server).logIn(users.user()), "allow");
    assertInvalidGrant(device.poll(other));

    Tokens tokens = Tokens.of(device.poll());
    assertInvalidGrant(device.poll(other));
    doors.assertOpenTo(tokens.access());
  }

  /** RFC 8628 §3.4, RFC 6749 §3.2.1: a confidential client authenticates at every poll. */
  @Test
  void everyPollIsAuthenticated() {
    DeviceFlow device = confidential.device("openid");
    device.decide(new Browser(server).logIn(users.user()), "allow");
    Map<String, String> form =
        Map.of(
            "grant_type", GrantType.DEVICE_CODE,
            "device_code", device.deviceCode(),
            "client_id", confidential.clientId());
    Http http = new Http(server);

    assertEquals(401, http.form("/oauth2/token", form).statusCode());
    String wrong = TestClient.basic(confidential.clientId(), "wrong");
    HttpResponse<String> refused = http.form("/oauth2/token", form, "Authorization", wrong);
    assertEquals("invalid_client", Http.body(401, refused).get("error").asText());
    assertEquals(200, device.poll().statusCode());
  }

  /** As of an authorization code (RFC 6749 §4.1.2): somebody else has the code. */
  @Test
  void reusedDeviceCodeRevokesTheTokensOfItsFirstUse() {
    DeviceFlow device = tv.device(OFFLINE);
    Tokens tokens = device.tokens(new Browser(server).logIn(users.user()));
    doors.assertOpenTo(tokens.access());

    assertInvalidGrant(device.poll());
    doors.assertClosedTo(tokens.access());
    assertInvalidGrant(tv.refresh(tokens.refresh()));
    CLOCK.advance(Duration.ofMinutes(11));
    assertInvalidGrant(device.poll());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "%", "' or '1'='1", "null", "日本語", "WDJB-MJHT"})
  void inventedDeviceCodesAreInvalid(String deviceCode) {
    assertInvalidGrant(
        tv.token(Map.of("grant_type", GrantType.DEVICE_CODE, "device_code", deviceCode)));
  }

  /** The code that people see is not the one that gets tokens. */
  @Test
  void userCodeGetsNoTokens() {
    DeviceFlow device = tv.device("openid");
    device.decide(new Browser(server).logIn(users.user()), "allow");

    assertInvalidGrant(
        tv.token(Map.of("grant_type", GrantType.DEVICE_CODE, "device_code", device.userCode())));
  }

  @Test
  void deviceCodeMustBeThere() {
    for (Map<String, String> form :
        List.of(
            Map.of("grant_type", GrantType.DEVICE_CODE),
            Map.of("grant_type", GrantType.DEVICE_CODE, "device_code", ""))) {
      assertEquals("invalid_request", Http.body(400, tv.token(form)).get("error").asText());
    }
  }

  @Test
  void refreshGoesOnAfterwards() {
    Tokens tokens = tv.device(OFFLINE).tokens(new Browser(server).logIn(users.user()));
    CLOCK.advance(Duration.ofHours(1).plusSeconds(1));
    doors.assertClosedTo(tokens.access());

    Tokens refreshed = Tokens.of(tv.refresh(tokens.refresh()));
    doors.assertOpenTo(refreshed.access());
    assertEquals(OFFLINE, refreshed.scope());
  }

  /** OpenID Connect Core §11, and the client's registration, as for codes. */
  @Test
  void refreshTokenIsNotHandedOutUnasked() {
    Browser browser = new Browser(server).logIn(users.user());
    assertEquals("", tv.device("openid user:read").tokens(browser).refresh());

    TestClient once = ClientBuilder.device(server).grantTypes(GrantType.DEVICE_CODE).register();
    Tokens tokens = once.device(OFFLINE).tokens(browser);
    assertEquals("", tokens.refresh());
    assertEquals("openid user:read", tokens.scope());
  }

  /** The device is logged in, not the browser that let it in: its logout is not the device's. */
  @Test
  void logoutOfTheBrowserDoesNotEndTheDevice() {
    Browser browser = new Browser(server).logIn(users.user());
    DeviceFlow fetched = tv.device(OFFLINE);
    Tokens before = fetched.tokens(browser);
    Tokens withoutRefresh = tv.device("openid user:read").tokens(browser);
    DeviceFlow later = tv.device("openid user:read");
    later.decide(browser, "allow");
    browser.submit("/logout", browser.get("/logout"), Map.of());
    assertEquals(303, browser.get("/account").statusCode(), "logged out");

    doors.assertOpenTo(before.access());
    doors.assertOpenTo(withoutRefresh.access());
    assertEquals(200, tv.refresh(before.refresh()).statusCode());
    doors.assertOpenTo(Tokens.of(later.poll()).access());
  }

  /** OpenID Connect Core §2: of the login in which the user allowed it. */
  @Test
  void idTokenTellsOfTheLoginThatAllowedIt() {
    DeviceFlow device = tv.device("openid");
    Browser browser = new Browser(server).logIn(users.user());
    long authenticated = CLOCK.instant().getEpochSecond();
    CLOCK.advance(Duration.ofMinutes(5));
    JsonNode claims = Tokens.claims(device.tokens(browser).id());

    assertEquals(authenticated, claims.get("auth_time").asLong());
    assertEquals("[\"pwd\"]", claims.get("amr").toString());
    assertEquals(tv.clientId(), claims.get("aud").asText());
    assertFalse(claims.has("sid"), "it is no part of the browser's session");
    assertFalse(claims.has("nonce"), claims.toString());
  }

  @Test
  void userWhoIsGoneGetsNoTokens() {
    User user = users.user();
    DeviceFlow device = tv.device("openid");
    device.decide(new Browser(server).logIn(user), "allow");
    assertTrue(server.bean(Users.class).delete(user));

    assertInvalidGrant(device.poll());
  }

  /** RFC 8707 §2.2: within what was granted. */
  @Test
  void resourceOutsideTheGrantIsRefused() {
    DeviceFlow device = tv.device("openid user:read");
    device.decide(new Browser(server).logIn(users.user()), "allow");
    HttpResponse<String> response =
        tv.token(
            Map.of(
                "grant_type",
                GrantType.DEVICE_CODE,
                "device_code",
                device.deviceCode(),
                "resource",
                "https://evil.example"));

    assertEquals("invalid_target", Http.body(400, response).get("error").asText());
    assertEquals(200, device.poll().statusCode(), "a wrong wish does not burn the code");
  }

  private static void assertInvalidGrant(HttpResponse<String> response) {
    assertEquals("invalid_grant", Http.body(400, response).get("error").asText());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
  }
}
