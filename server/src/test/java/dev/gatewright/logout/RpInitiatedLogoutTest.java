package dev.gatewright.logout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.LogoutFlow;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.conformance.Module;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenID Connect RP-Initiated Logout: where a logout request leads. The cases of the OpenID
 * Foundation's plan are named.
 */
class RpInitiatedLogoutTest {
  private static final String GOODBYE = "https://client.example/goodbye";

  private static TestServer server;
  private static TestUsers users;
  private static TestClient client;

  private final User user = users.user();
  private final Browser browser = new Browser(server).logIn(user);
  private Tokens tokens;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    users = new TestUsers(server);
    client =
        ClientBuilder.web(server)
            .name("Reports & more")
            .option(
                "post_logout_redirect_uris",
                List.of(GOODBYE, GOODBYE + "?from=gatewright", "https://client.example/x?y=1"))
            .register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void logInAtTheClient() {
    tokens = Tokens.of(client.flow().redeem(client.flow().answer(browser, user).value("code")));
  }

  /** oidcc-rp-initiated-logout-discovery-endpoint-verification (§2.1). */
  @Test
  @Module("oidcc-rp-initiated-logout-discovery-endpoint-verification")
  void metadataNamesTheEndpoint() {
    JsonNode metadata = Http.body(200, browser.get("/.well-known/openid-configuration"));
    assertEquals(server.issuer() + "/oauth2/logout", metadata.get("end_session_endpoint").asText());
  }

  /** oidcc-rp-initiated-logout (§2, §3). */
  @Test
  @Module("oidcc-rp-initiated-logout")
  void clientsIdTokenLogsOutAtOnceAndLeadsBack() {
    HttpResponse<String> response = flow().get(browser);

    assertEquals(GOODBYE + "?state=" + LogoutFlow.STATE, goesOnTo(response));
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    assertEquals("no-referrer", Http.header(response, "Referrer-Policy"));
    assertEquals("", browser.session());
    assertLoggedOut();
  }

  /** §2: with client_id beside the ID token that was issued to it. */
  @Test
  void clientMayBeNamedToo() {
    assertEquals(
        GOODBYE + "?state=" + LogoutFlow.STATE,
        goesOnTo(flow().with("client_id", client.clientId()).get(browser)));
    assertLoggedOut();
  }

  /** §2: state is the client's own business, whatever is in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b+c&d=e%2F?#\"'<>\\",
        "https://evil.example/",
        "\u00e9\u4e2d\ud83d\ude00",
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~0123456789abcdefghijklm"
            + "nopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~",
        "line\r\nSet-Cookie: x=y"
      })
  void stateComesBackExactly(String state) {
    HttpResponse<String> response = flow().with("state", state).get(browser);
    Answer answer = Answer.of(response);
    assertTrue(answer.location().startsWith(GOODBYE + "?state="), answer.location());
    assertEquals(state, answer.value("state"));
    assertEquals(1, answer.parameters().size());
  }

  /** oidcc-rp-initiated-logout-no-state. */
  @Test
  @Module("oidcc-rp-initiated-logout-no-state")
  void withoutStateNoneComesBack() {
    assertEquals(GOODBYE, goesOnTo(flow().without("state").get(browser)));
    assertLoggedOut();
  }

  @Test
  void stateIsAddedToTheQueryThatTheUriHas() {
    String uri = "https://client.example/x?y=1";
    assertEquals(
        uri + "&state=" + LogoutFlow.STATE,
        goesOnTo(flow().with("post_logout_redirect_uri", uri).get(browser)));
  }

  /** oidcc-rp-initiated-logout-no-post-logout-redirect-uri. */
  @Test
  @Module("oidcc-rp-initiated-logout-no-post-logout-redirect-uri")
  void withoutAUriThePageSaysThatTheUserIsLoggedOut() {
    HttpResponse<String> response = flow().without("post_logout_redirect_uri").get(browser);
    assertEquals("/logout", goesOnTo(response), "neither the ID token nor state in a URL of ours");
    assertSaysLoggedOut(browser.get("/logout"));
    assertLoggedOut();
  }

  /** oidcc-rp-initiated-logout-no-params (§2: the user must be asked). */
  @Test
  @Module("oidcc-rp-initiated-logout-no-params")
  void withoutParametersTheUserIsAsked() {
    HttpResponse<String> response = browser.get("/oauth2/logout");
    assertEquals("/logout", goesOnTo(response));
    assertAsks(browser.get("/logout"));
    assertLoggedIn();

    assertSaysLoggedOut(LogoutFlow.confirm(browser, response));
    assertLoggedOut();
  }

  /** oidcc-rp-initiated-logout-only-state. */
  @Test
  @Module("oidcc-rp-initiated-logout-only-state")
  void stateAloneLeadsNowhere() {
    HttpResponse<String> response =
        flow().without("id_token_hint", "post_logout_redirect_uri").get(browser);
    assertEquals("/logout", goesOnTo(response));
    assertSaysLoggedOut(LogoutFlow.confirm(browser, response));
    assertLoggedOut();
  }

  /**
   * oidcc-rp-initiated-logout-bad-post-logout-redirect-uri and
   * oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri (§3: exactly).
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        GOODBYE + "?foo=bar",
        GOODBYE + "/",
        GOODBYE + "?",
        GOODBYE + "#x",
        GOODBYE + "?from=gatewright&more=1",
        "https://client.example/Goodbye",
        "https://CLIENT.example/goodbye",
        "https://client.example:443/goodbye",
        "https://client.example/other/../goodbye",
        "https://client.example/goodby%65",
        "http://client.example/goodbye",
        "https://client.example/callback",
        "https://client.example@evil.example/goodbye",
        " " + GOODBYE,
        GOODBYE + " " + GOODBYE,
        "//client.example/goodbye",
        "javascript:alert(1)",
        "/logout"
      })
  @Module({
    "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri",
    "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri"
  })
  void otherUriGetsAPage(String uri) {
    assertErrorPage(flow().with("post_logout_redirect_uri", uri).get(browser));
    assertErrorPage(
        flow()
            .without("id_token_hint")
            .with("client_id", client.clientId())
            .with("post_logout_redirect_uri", uri)
            .get(browser));
    assertLoggedIn();
  }

  /** RFC 8252 §7.3 lets the port of a redirect URI vary, §3 not that of this one. */
  @Test
  void loopbackPortDoesNotVary() {
    TestClient app =
        ClientBuilder.nativeApp(server)
            .option("post_logout_redirect_uris", List.of("http://127.0.0.1/goodbye"))
            .register();
    Tokens of = Tokens.of(app.flow().redeem(app.flow().answer(browser, user).value("code")));
    assertErrorPage(new LogoutFlow(of.id(), "http://127.0.0.1:4711/goodbye").get(browser));
    assertEquals(
        "http://127.0.0.1/goodbye?state=" + LogoutFlow.STATE,
        goesOnTo(new LogoutFlow(of.id(), "http://127.0.0.1/goodbye").get(browser)));
  }

  @Test
  void customSchemeOfANativeApplicationIsFollowed() {
    TestClient app =
        ClientBuilder.nativeApp(server)
            .option("post_logout_redirect_uris", List.of("com.example.app:/goodbye"))
            .register();
    Tokens of = Tokens.of(app.flow().redeem(app.flow().answer(browser, user).value("code")));
    assertEquals(
        "com.example.app:/goodbye?state=" + LogoutFlow.STATE,
        goesOnTo(new LogoutFlow(of.id(), "com.example.app:/goodbye").get(browser)));
  }

  /** Another client's URI is another URI. */
  @Test
  void uriOfAnotherClientGetsAPage() {
    TestClient other =
        ClientBuilder.web(server)
            .option("post_logout_redirect_uris", List.of("https://other.example/bye"))
            .register();
    assertErrorPage(
        flow().with("post_logout_redirect_uri", "https://other.example/bye").get(browser));
    assertErrorPage(flow().with("client_id", other.clientId()).get(browser), "another client");
    assertLoggedIn();
  }

  /** oidcc-rp-initiated-logout-no-id-token-hint: nobody says whose URI it is (§3). */
  @Test
  @Module("oidcc-rp-initiated-logout-no-id-token-hint")
  void uriOfNobodyGetsAPage() {
    assertErrorPage(flow().without("id_token_hint").get(browser));
    assertLoggedIn();
  }

  /** §2, §3: a client_id alone proves nothing, so the user confirms; then it leads back. */
  @Test
  void clientIdAloneIsAskedAbout() {
    HttpResponse<String> response =
        flow().without("id_token_hint").with("client_id", client.clientId()).get(browser);
    String page = goesOnTo(response);
    assertTrue(page.startsWith("/logout?request="), page);
    assertFalse(page.contains(LogoutFlow.STATE) || page.contains("client.example"), page);
    HttpResponse<String> asks = browser.get(page);
    assertAsks(asks);
    assertTrue(asks.body().contains("<strong>Reports &amp; more</strong> asks"), asks.body());
    String policy = Http.header(asks, "Content-Security-Policy");
    assertTrue(policy.endsWith("form-action 'self' https://client.example"), policy);
    assertLoggedIn();

    HttpResponse<String> confirmed = LogoutFlow.confirm(browser, response);
    assertEquals(GOODBYE + "?state=" + LogoutFlow.STATE, goesOnTo(confirmed));
    assertEquals("no-referrer", Http.header(confirmed, "Referrer-Policy"));
    assertLoggedOut();
  }

  @Test
  void clientIdWithoutAUriIsAskedAboutAndStaysHere() {
    HttpResponse<String> response =
        flow()
            .without("id_token_hint", "post_logout_redirect_uri")
            .with("client_id", client.clientId())
            .get(browser);
    assertSaysLoggedOut(LogoutFlow.confirm(browser, response));
    assertLoggedOut();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "../etc", "%00", "' or '1'='1"})
  void unknownClientGetsAPage(String clientId) {
    assertErrorPage(flow().without("id_token_hint").with("client_id", clientId).get(browser));
    assertErrorPage(
        flow()
            .without("id_token_hint", "post_logout_redirect_uri")
            .with("client_id", clientId)
            .get(browser));
    assertLoggedIn();
  }

  /** What nobody sent is no more than a name to invent: the user can log out, and stays here. */
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%27"})
  void inventedRequestIsNone(String handle) {
    HttpResponse<String> asks = browser.get("/logout?request=" + handle);
    assertAsks(asks);
    assertSaysLoggedOut(browser.submit("/logout", asks, java.util.Map.of()));
  }

  /** RFC 6749 §3.1, as at the authorization endpoint. */
  @Test
  void emptyParametersCountAsAbsentAndUnknownOnesAreIgnored() {
    assertEquals(
        GOODBYE,
        goesOnTo(
            flow()
                .with("state", "")
                .with("client_id", "")
                .with("logout_hint", user.username())
                .with("ui_locales", "fr-CA de")
                .with("surprise", "x")
                .get(browser)));
  }

  @Test
  void repeatedParameterGetsAPage() {
    assertErrorPage(browser.get(flow().path() + "&state=again"));
    assertErrorPage(
        browser.get(flow().path() + "&post_logout_redirect_uri=https%3A%2F%2Fevil.example"));
    assertLoggedIn();
  }

  private LogoutFlow flow() {
    return new LogoutFlow(tokens.id(), GOODBYE);
  }

  private static String goesOnTo(HttpResponse<String> response) {
    assertEquals(303, response.statusCode(), response.body());
    return Http.header(response, "Location");
  }

  private static void assertErrorPage(HttpResponse<String> response, String... says) {
    assertEquals(400, response.statusCode(), () -> response + response.body());
    assertEquals("", Http.header(response, "Location"));
    assertTrue(Http.header(response, "Content-Type").startsWith("text/html"));
    assertFalse(response.body().contains("evil.example"), response.body());
    for (String part : says) {
      assertTrue(response.body().contains(part), response.body());
    }
  }

  private void assertAsks(HttpResponse<String> page) {
    assertEquals(200, page.statusCode(), page.body());
    assertTrue(page.body().contains("<h1>Log out?</h1>"), page.body());
    assertTrue(page.body().contains(user.username()), page.body());
    assertFalse(page.body().contains(tokens.id()), "the ID token is nobody's business any more");
  }

  private static void assertSaysLoggedOut(HttpResponse<String> page) {
    assertEquals(200, page.statusCode(), page.body());
    assertTrue(page.body().contains("You are logged out"), page.body());
  }

  private void assertLoggedIn() {
    assertTrue(silent().has("code"), "the session is gone");
  }

  private void assertLoggedOut() {
    assertEquals("login_required", silent().value("error"));
  }

  private Answer silent() {
    return Answer.of(browser.get(client.flow().with("prompt", "none").path()));
  }
}
