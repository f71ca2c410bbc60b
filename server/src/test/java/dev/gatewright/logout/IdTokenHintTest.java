package dev.gatewright.logout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.LogoutFlow;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.conformance.Module;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.key.TestSigner;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@code id_token_hint} proves, and what it does not (RP-Initiated Logout §2, §4, §6). */
class IdTokenHintTest {
  private static final String GOODBYE = "https://client.example/goodbye";
  private static final String BACK = GOODBYE + "?state=" + LogoutFlow.STATE;
  private static final TestClock CLOCK = new TestClock();

  private static TestServer server;
  private static TestUsers users;
  private static TestClient client;
  private static TestSigner signer;

  private final User user = users.user();
  private final Browser browser = new Browser(server).logIn(user);
  private Tokens tokens;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
    users = new TestUsers(server);
    client = register();
    signer = new TestSigner(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void logInAtTheClient() {
    tokens = tokens(browser, user);
  }

  /** oidcc-rp-initiated-logout-modified-id-token-hint. */
  @Test
  @Module("oidcc-rp-initiated-logout-modified-id-token-hint")
  void modifiedIdTokenGetsAPage() {
    String[] parts = tokens.id().split("\\.");
    assertRefused(base64("{\"alg\":\"none\"}") + "." + parts[1] + ".");
    assertRefused(base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2]);
    String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    assertRefused(parts[0] + "." + base64(payload.replace("\"iat\"", "\"iat2\"")) + "." + parts[2]);
  }

  /** oidcc-rp-initiated-logout-bad-id-token-hint. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "a.b.c",
        "..",
        "null.null.null",
        "bnVsbA.bnVsbA.bnVsbA",
        "eyJhbGciOiJSUzI1NiJ9.e30.AAAA",
        "{\"alg\":\"none\"}",
        "\u0000"
      })
  @Module("oidcc-rp-initiated-logout-bad-id-token-hint")
  void whatIsNoIdTokenGetsAPage(String hint) {
    assertRefused(hint);
  }

  /** RFC 8725 §3.11: one kind of JWT is not taken for another. */
  @Test
  void otherTokensOfThisServerGetAPage() {
    assertRefused(tokens.access());
    assertRefused(signed("logout+jwt", claims -> {}));
    assertRefused(signed(null, claims -> {}));
    assertEquals(BACK, goesOnTo(flow(signed("JWT", claims -> {})).get(browser)), "the positive");
  }

  /** §2: the issuer must be this one, the audience the client. */
  @Test
  void signedButWrongClaimsGetAPage() {
    assertRefused(signed("JWT", claims -> claims.put("iss", "https://other.example")));
    assertRefused(signed("JWT", claims -> claims.remove("iss")));
    assertRefused(signed("JWT", claims -> claims.remove("aud")));
    assertRefused(signed("JWT", claims -> claims.put("aud", "nobody")));
    assertRefused(
        signed("JWT", claims -> claims.putArray("aud").add(client.clientId()).add("other")));
    assertRefused(signed("JWT", claims -> claims.remove("sub")));
    assertRefused(signed("JWT", claims -> claims.put("sid", 4711)));
  }

  /** §2: the OP SHOULD accept it, even when exp has passed. */
  @Test
  void expiredIdTokenIsAsGoodAsAnother() {
    CLOCK.advance(Duration.ofMinutes(40));
    browser.get("/account");
    CLOCK.advance(Duration.ofMinutes(40));
    assertTrue(Tokens.claims(tokens.id()).get("exp").asLong() < CLOCK.instant().getEpochSecond());
    assertEquals(BACK, goesOnTo(flow(tokens.id()).get(browser)));
    assertEquals("login_required", silent(browser).value("error"));
  }

  /** §2: it must ask when the ID token is of another session, here of the same user. */
  @Test
  void idTokenOfAnotherSessionIsAskedAbout() {
    String elsewhere = tokens(new Browser(server).logIn(user), user).id();
    assertAskedAndLedBack(elsewhere);
  }

  /** §2: nobody logs out someone else. */
  @Test
  void idTokenOfAnotherUserIsAskedAbout() {
    User other = users.user();
    assertAskedAndLedBack(tokens(new Browser(server).logIn(other), other).id());
  }

  /** An ID token that names no session proves the client, but not that it is this session's. */
  @Test
  void idTokenWithoutASessionIsAskedAbout() {
    assertAskedAndLedBack(signed("JWT", claims -> claims.remove("sid")));
  }

  /** One user after another in the same browser: the first one's ID token ends nobody's session. */
  @Test
  void idTokenOfTheUserBeforeIsAskedAbout() {
    User next = users.user();
    browser.logIn(next);
    HttpResponse<String> response = flow(tokens.id()).get(browser);
    assertTrue(goesOnTo(response).startsWith("/logout?request="));
    assertTrue(silent(browser).has("code"));
  }

  /** A user who logs in again is in the same session: its clients are still of it. */
  @Test
  void idTokenOfBeforeTheSecondLoginIsOfTheSession() {
    String cookie = browser.session();
    browser.logIn(user);
    assertNotEquals(cookie, browser.session());
    assertEquals(
        Tokens.claims(tokens.id()).get("sid"),
        Tokens.claims(tokens(browser, user).id()).get("sid"));
    assertEquals(BACK, goesOnTo(flow(tokens.id()).get(browser)));
  }

  /** Whoever is logged out already is sent on by a client that proves itself. */
  @Test
  void withoutASessionTheIdTokenLeadsBackAtOnce() {
    Browser stranger = new Browser(server);
    assertEquals(BACK, goesOnTo(flow(tokens.id()).get(stranger)));
    assertEquals(
        "/logout", goesOnTo(flow(tokens.id()).without("post_logout_redirect_uri").get(stranger)));
    assertTrue(silent(browser).has("code"), "the session is in another browser");
  }

  /** §3: without proof nobody is sent anywhere without having agreed: here, by a link. */
  @Test
  void withoutASessionAClientIdGetsALink() {
    Browser stranger = new Browser(server);
    HttpResponse<String> page =
        stranger.get(goesOnTo(flow("").with("client_id", client.clientId()).get(stranger)));
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("You are logged out"), page.body());
    assertTrue(page.body().contains("<a class=\"button primary\" href=\"" + BACK), page.body());
  }

  /** §2: POST as well as GET; another site's form comes without our cookie. */
  @Test
  void postedRequestIsDecidedOnThePageThatHasTheCookie() {
    for (String site : List.of("https://client.example", "null")) {
      Tokens fresh = tokens(browser.logIn(user), user);
      HttpResponse<String> response =
          flow(fresh.id())
              .post(new Browser(server), "Origin", site, "Sec-Fetch-Site", "cross-site");
      String page = goesOnTo(response);
      assertTrue(page.startsWith("/logout?request="), page);
      assertFalse(page.contains(fresh.id()) || page.contains(LogoutFlow.STATE), page);
      assertEquals("no-store", Http.header(response, "Cache-Control"));

      HttpResponse<String> decided = browser.get(page);
      assertEquals(BACK, goesOnTo(decided));
      assertEquals("login_required", silent(browser).value("error"));
      assertEquals(200, browser.get(page).statusCode(), "once");
    }
  }

  @Test
  void postedRequestIsCheckedAtOnce() {
    assertEquals(400, flow("x").post(browser, "Origin", "https://client.example").statusCode());
    assertEquals(
        400,
        flow(tokens.id())
            .with("post_logout_redirect_uri", "https://evil.example")
            .post(browser)
            .statusCode());
    HttpResponse<String> tooLong =
        flow(tokens.id()).with("state", "x".repeat(20_000)).post(browser);
    assertEquals(400, tooLong.statusCode());
    assertTrue(Http.header(tooLong, "Content-Type").startsWith("text/html"));
    assertTrue(silent(browser).has("code"));
  }

  /** A page that was left open logs out, but leads nowhere any more. */
  @Test
  void requestWaitsHalfAnHour() {
    HttpResponse<String> response = flow("").with("client_id", client.clientId()).get(browser);
    HttpResponse<String> asks = browser.get(goesOnTo(response));
    CLOCK.advance(Duration.ofMinutes(31));
    assertEquals(200, browser.submit("/logout", asks, Map.of()).statusCode());
    assertEquals("login_required", silent(browser).value("error"));
  }

  /** What the client has taken back meanwhile is no longer followed. */
  @Test
  void uriThatIsUnregisteredMeanwhileIsNotFollowed() {
    TestClient leaving = register();
    HttpResponse<String> response = flow("").with("client_id", leaving.clientId()).get(browser);
    server.bean(ClientRegistrations.class).delete(leaving.clientId(), null, () -> {});
    assertEquals(200, LogoutFlow.confirm(browser, response).statusCode());
    assertEquals("login_required", silent(browser).value("error"));
  }

  @Test
  void idTokenOfADeletedClientGetsAPage() {
    TestClient leaving = register();
    String code = leaving.flow().answer(browser, user).value("code");
    Tokens of = Tokens.of(leaving.flow().redeem(code));
    server.bean(ClientRegistrations.class).delete(leaving.clientId(), null, () -> {});
    assertRefused(of.id());
  }

  private static TestClient register() {
    return ClientBuilder.web(server)
        .option("post_logout_redirect_uris", List.of(GOODBYE))
        .register();
  }

  private static Tokens tokens(Browser browser, User user) {
    return Tokens.of(client.flow().redeem(client.flow().answer(browser, user).value("code")));
  }

  private static LogoutFlow flow(String hint) {
    return new LogoutFlow(hint, GOODBYE);
  }

  private void assertRefused(String hint) {
    for (HttpResponse<String> response :
        List.of(
            flow(hint).get(browser),
            flow(hint).with("client_id", client.clientId()).get(browser))) {
      assertEquals(400, response.statusCode(), hint);
      assertEquals("", Http.header(response, "Location"));
      assertTrue(Http.header(response, "Content-Type").startsWith("text/html"));
    }
    assertTrue(silent(browser).has("code"), "logged out by " + hint);
  }

  private void assertAskedAndLedBack(String hint) {
    HttpResponse<String> response = flow(hint).get(browser);
    assertTrue(goesOnTo(response).startsWith("/logout?request="));
    HttpResponse<String> asks = browser.get(goesOnTo(response));
    assertTrue(asks.body().contains("Log out?"), asks.body());
    assertTrue(asks.body().contains(user.username()), "it names who is logged in");
    assertTrue(silent(browser).has("code"));
    assertEquals(BACK, goesOnTo(LogoutFlow.confirm(browser, response)));
    assertEquals("login_required", silent(browser).value("error"));
  }

  private String signed(String type, Consumer<ObjectNode> change) {
    ObjectNode claims = (ObjectNode) Tokens.claims(tokens.id());
    change.accept(claims);
    String header =
        "{\"alg\":\"ES256\",\"kid\":\"%s\"%s}"
            .formatted(
                signer.kid(SigningAlgorithm.ES256),
                type == null ? "" : ",\"typ\":\"" + type + "\"");
    return signer.sign(
        SigningAlgorithm.ES256, header, claims.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String goesOnTo(HttpResponse<String> response) {
    assertEquals(303, response.statusCode(), response.body());
    return Http.header(response, "Location");
  }

  private static Answer silent(Browser browser) {
    return Answer.of(browser.get(client.flow().with("prompt", "none").path()));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
