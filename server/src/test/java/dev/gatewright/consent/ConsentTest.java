package dev.gatewright.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The consent page: asked of whom, answered by whom (RFC 6749 §4.1.1, §10.2, §10.13). */
class ConsentTest {
  private static TestServer server;
  private static TestUsers users;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    users = new TestUsers(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void consentIsAskedOnceForTheSameScopesAndAgainForMore() {
    TestClient client = client();
    User user = users.user();
    Browser browser = new Browser(server).logIn(user);

    assertTrue(isAsked(client.flow(), browser));
    client.flow().answer(browser, user).value("code");
    assertFalse(isAsked(client.flow(), browser));
    assertFalse(isAsked(client.flow().with("scope", "openid"), browser));
    assertTrue(isAsked(client.flow().with("scope", "openid user:read user:write"), browser));
    assertTrue(isAsked(client.flow().with("prompt", "consent"), browser));
  }

  /** RFC 6749 §4.1.2.1, RFC 9207: with state and issuer, without a code. */
  @Test
  void denialIsAccessDenied() {
    TestClient client = client();
    Browser browser = new Browser(server).logIn(users.user());
    HttpResponse<String> page = page(client.flow(), browser);

    HttpResponse<String> decided = browser.submit("/consent", page, Map.of("decision", "deny"));
    Answer answer = Answer.of(browser.get(Http.header(decided, "Location")));
    assertTrue(answer.location().startsWith(client.redirectUri() + "?"), answer.location());
    assertEquals("access_denied", answer.value("error"));
    assertEquals(CodeFlow.STATE, answer.value("state"));
    assertEquals(server.issuer(), answer.value("iss"));
    assertFalse(answer.has("code"));
    assertTrue(isAsked(client.flow(), browser), "a denial is no consent");
  }

  /** Anything but the word allow is a refusal. */
  @Test
  void decisionThatIsNotAllowIsARefusal() {
    TestClient client = client();
    Browser browser = new Browser(server).logIn(users.user());
    for (String decision : new String[] {"", "ALLOW", "yes", "true", "allow deny"}) {
      HttpResponse<String> decided =
          browser.submit("/consent", page(client.flow(), browser), Map.of("decision", decision));
      Answer answer = Answer.of(browser.get(Http.header(decided, "Location")));
      assertEquals("access_denied", answer.value("error"), decision);
    }
    HttpResponse<String> none = browser.submit("/consent", page(client.flow(), browser), Map.of());
    assertEquals(
        "access_denied", Answer.of(browser.get(Http.header(none, "Location"))).value("error"));
  }

  /** OWASP ASVS 5.0 §3.5: nobody else presses the button. */
  @Test
  void foreignFormConsentsToNothing() {
    TestClient client = client();
    User user = users.user();
    Browser browser = new Browser(server).logIn(user);
    HttpResponse<String> page = page(client.flow(), browser);
    Browser attacker = new Browser(server).logIn(users.user());
    String stolen = Browser.hiddenFields(page(client.flow(), attacker)).get("csrf_token");

    Map<String, String> allow = Map.of("decision", "allow");
    Map<String, String> without = new HashMap<>(Browser.hiddenFields(page));
    without.remove("csrf_token");
    without.put("decision", "allow");
    assertEquals(400, browser.http().form("/consent", without).statusCode());
    without.put("csrf_token", stolen);
    assertEquals(400, browser.http().form("/consent", without).statusCode());
    assertEquals(
        400,
        browser.submit("/consent", page, allow, "Origin", "https://evil.example").statusCode());
    assertEquals(400, browser.submit("/consent", page, allow, "Origin", "null").statusCode());
    assertEquals(
        400, browser.submit("/consent", page, allow, "Sec-Fetch-Site", "cross-site").statusCode());
    assertTrue(isAsked(client.flow(), browser));
  }

  @Test
  void consentByGetIsNone() {
    TestClient client = client();
    Browser browser = new Browser(server).logIn(users.user());
    HttpResponse<String> first = client.flow().send(browser);
    browser.get(Http.header(first, "Location") + "&decision=allow");

    assertTrue(isAsked(client.flow(), browser));
  }

  /**
   * Whoever consents, consents for himself: a waiting request that an attacker allowed asks its
   * next visitor again.
   */
  @Test
  void consentOfOneUserIsNotAnothers() {
    TestClient client = client();
    Browser attacker = new Browser(server).logIn(users.user());
    HttpResponse<String> first = client.flow().with("prompt", "consent").send(attacker);
    String resume = Http.header(first, "Location").replace("/consent", "/oauth2/auth");
    attacker.submit(
        "/consent", attacker.get(Http.header(first, "Location")), Map.of("decision", "allow"));

    Browser victim = new Browser(server).logIn(users.user());
    HttpResponse<String> lured = victim.get(resume);
    assertTrue(
        Http.header(lured, "Location").startsWith("/consent?"), Http.header(lured, "Location"));
  }

  @Test
  void consentWithoutASessionIsNone() {
    TestClient client = client();
    Browser browser = new Browser(server);
    HttpResponse<String> first = client.flow().send(browser);
    HttpResponse<String> login = browser.get(Http.header(first, "Location"));
    HttpResponse<String> posted = browser.submit("/consent", login, Map.of("decision", "allow"));

    HttpResponse<String> next = browser.get(Http.header(posted, "Location"));
    assertTrue(Http.header(next, "Location").startsWith("/login?"), Http.header(next, "Location"));
  }

  /** RFC 9700 §4.16 (clickjacking), §4.2.4 (referrer); OWASP ASVS 5.0 §14.3 (cache). */
  @Test
  void pagesAreNotFramedCachedOrTold() {
    TestClient client = client();
    Browser browser = new Browser(server);
    HttpResponse<String> login = browser.get(Http.header(client.flow().send(browser), "Location"));
    assertGuarded(login);
    assertGuarded(page(client.flow(), new Browser(server).logIn(users.user())));
    assertGuarded(browser.get("/sign-up"));
    assertGuarded(new Browser(server).logIn(users.user()).get("/logout"));
  }

  /** OWASP ASVS 5.0 §1.2.1: what a client is called is text. */
  @Test
  void nameOfTheClientIsEscaped() {
    TestClient client =
        ClientBuilder.web(server)
            .withConsent()
            .name("<script>alert(1)</script>\"'><img src=x onerror=1>")
            .register();
    User user = users.user();
    Browser browser = new Browser(server);
    HttpResponse<String> login = browser.get(Http.header(client.flow().send(browser), "Location"));
    HttpResponse<String> consent = page(client.flow(), new Browser(server).logIn(user));

    for (HttpResponse<String> page : List.of(login, consent)) {
      assertEquals(200, page.statusCode());
      assertTrue(page.body().contains("&lt;script&gt;"), page.body());
      assertFalse(page.body().contains("<script>alert"), page.body());
      assertFalse(page.body().contains("<img src=x"), page.body());
    }
  }

  private static void assertGuarded(HttpResponse<String> page) {
    assertEquals(200, page.statusCode(), page.body());
    assertTrue(
        Http.header(page, "Content-Security-Policy").contains("frame-ancestors 'none'"),
        page.toString());
    assertEquals("DENY", Http.header(page, "X-Frame-Options"));
    assertEquals("no-store", Http.header(page, "Cache-Control"));
    assertEquals("nosniff", Http.header(page, "X-Content-Type-Options"));
    assertTrue(
        Http.header(page, "Referrer-Policy").matches("no-referrer|same-origin"), page.toString());
  }

  private static TestClient client() {
    return ClientBuilder.web(server).withConsent().register();
  }

  private static HttpResponse<String> page(CodeFlow flow, Browser browser) {
    HttpResponse<String> page = browser.get(Http.header(flow.send(browser), "Location"));
    assertEquals(200, page.statusCode(), page.body());
    return page;
  }

  private static boolean isAsked(CodeFlow flow, Browser browser) {
    return Http.header(flow.send(browser), "Location").startsWith("/consent?");
  }
}
