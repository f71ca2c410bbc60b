package dev.gatewright.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.grant.Consents;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user of a device sees and decides (RFC 8628 §3.3), in a browser without scripts. */
class DevicePageTest {
  private static final TestClock CLOCK = new TestClock();
  private static final Map<String, String> ALLOW = Map.of("decision", "allow");

  private static TestServer server;
  private static TestUsers users;
  private static TestClient tv;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("gatewright.device.failures-per-user", 100), CLOCK);
    users = new TestUsers(server);
    tv = ClientBuilder.device(server).name("Living room TV").register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** §3.3: the short address, the code by hand, login, and on to the decision. */
  @Test
  void codeIsTypedThenTheUserLogsInAndDecides() {
    DeviceFlow device = tv.device("openid user:read");
    User user = users.user();
    Browser browser = new Browser(server);
    HttpResponse<String> entry = browser.get("/device");
    assertEquals(200, entry.statusCode());
    assertTrue(entry.body().contains("<form method=\"get\" action=\"/device\">"), entry.body());

    HttpResponse<String> login = browser.get("/device?user_code=" + typed(device));
    assertEquals("/login?user_code=" + device.userCode(), Http.header(login, "Location"));
    HttpResponse<String> page = browser.finish(login, user);
    assertAsks(device, page);
    assertTrue(page.body().contains(user.username()), page.body());
    assertTrue(page.body().contains("user:read"), page.body());

    HttpResponse<String> decided = browser.submit("/device", page, ALLOW);
    HttpResponse<String> done = browser.get(Http.header(decided, "Location"));
    assertTrue(done.body().contains("Your device is connected"), done.body());
    assertEquals(
        user.id().toString(), Tokens.claims(Tokens.of(device.poll()).access()).get("sub").asText());
  }

  /** §3.3.1, §5.4: who comes with the code is asked all the same, every time. */
  @Test
  void codeInTheAddressAllowsNothingByItself() {
    User user = users.user();
    Browser browser = new Browser(server).logIn(user);
    tv.device("openid").tokens(browser);
    DeviceFlow device = tv.device("openid");

    assertAsks(device, device.open(browser));
    browser.get(device.page() + "&decision=allow");
    assertEquals("authorization_pending", device.pollError());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decisionIsShownAgainWhenThePageIsReloaded(boolean allow) {
    DeviceFlow device = tv.device("openid");
    Browser browser = new Browser(server).logIn(users.user());
    HttpResponse<String> page = device.open(browser);
    String said = allow ? "Your device is connected" : "The device gets no access";
    Map<String, String> decision = Map.of("decision", allow ? "allow" : "deny");

    for (int i = 0; i < 2; i++) { // as a double click does
      HttpResponse<String> decided = browser.submit("/device", page, decision);
      HttpResponse<String> shown = browser.get(Http.header(decided, "Location"));
      assertEquals(200, shown.statusCode());
      assertTrue(shown.body().contains(said), shown.body());
    }
    assertEquals(allow ? 200 : 400, device.poll().statusCode());
    assertTrue(device.open(browser).body().contains(said), "once it has its tokens");
  }

  @Test
  void whoSignsUpGoesOnWithTheDevice() {
    DeviceFlow device = tv.device("openid");
    Browser browser = new Browser(server);
    HttpResponse<String> login = browser.get(Http.header(browser.get(device.page()), "Location"));
    String signUp = "/sign-up?user_code=" + device.userCode();
    assertTrue(login.body().contains(signUp), login.body());

    String name = TestUsers.freshName();
    HttpResponse<String> refused =
        browser.submit(
            "/sign-up",
            browser.get(signUp),
            Map.of("username", name, "email", "", "password", "x"));
    HttpResponse<String> signedUp =
        browser.submit(
            "/sign-up",
            refused,
            Map.of("username", name, "email", "", "password", TestUsers.PASSWORD));
    assertEquals("/device?user_code=" + device.userCode(), Http.header(signedUp, "Location"));
    assertAsks(device, browser.get(Http.header(signedUp, "Location")));
  }

  @Test
  void refusedLoginDoesNotForgetTheDevice() {
    DeviceFlow device = tv.device("openid");
    User user = users.user();
    Browser browser = new Browser(server);
    HttpResponse<String> login = browser.get(Http.header(browser.get(device.page()), "Location"));

    HttpResponse<String> refused =
        browser.submit("/login", login, Map.of("login", user.username(), "password", "wrong one"));
    assertEquals(401, refused.statusCode());
    HttpResponse<String> loggedIn = browser.submit("/login", refused, Browser.credentials(user));
    assertEquals("/device?user_code=" + device.userCode(), Http.header(loggedIn, "Location"));
  }

  /** RFC 9700 §4.11: whatever is in the parameter, the way is to a path of this server. */
  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example", "https://evil.example/", "/../\r\nX: y", "x&redirect=//evil"})
  void loginLeadsToNoOtherSite(String userCode) {
    User user = users.user();
    Browser browser = new Browser(server);
    Map<String, String> form = new HashMap<>(Browser.credentials(user));
    form.put("csrf_token", browser.http().csrf("/login"));
    form.put("user_code", userCode);

    String location = Http.header(browser.http().form("/login", form), "Location");
    assertTrue(location.matches("/device\\?user_code=[A-Za-z0-9%+.*_-]+"), location);
  }

  /** §5.4: told who asks, and that only one's own device is to be allowed. */
  @Test
  void anotherAccountIsOneLinkAway() {
    DeviceFlow device = tv.device("openid");
    User other = users.user();
    Browser browser = new Browser(server).logIn(users.user());
    String link = "/login?user_code=" + device.userCode();
    assertTrue(device.open(browser).body().contains("href=\"" + link + "\""));

    HttpResponse<String> loggedIn =
        browser.submit("/login", browser.get(link), Browser.credentials(other));
    HttpResponse<String> page = browser.get(Http.header(loggedIn, "Location"));
    assertTrue(page.body().contains(other.username()), page.body());
  }

  /** One wording for what never was, is over, and is somebody else's. */
  @Test
  void unknownExpiredAndUsedCodesLookTheSame() {
    Browser browser = new Browser(server).logIn(users.user());
    Browser other = new Browser(server).logIn(users.user());
    DeviceFlow expired = tv.device("openid");
    CLOCK.advance(Duration.ofMinutes(10));
    DeviceFlow allowed = tv.device("openid");
    allowed.decide(other, "allow");
    DeviceFlow denied = tv.device("openid");
    denied.decide(other, "deny");

    String unknown = unknown(browser, "BCDF-BCDF");
    for (DeviceFlow device : List.of(expired, allowed, denied)) {
      assertEquals(unknown, unknown(browser, device.userCode()));
    }
    assertEquals(unknown, unknown(browser, "nonsense"));
  }

  /** Nobody learns of codes who is not logged in. */
  @Test
  void withoutALoginNoCodeIsLookedUp() {
    Browser browser = new Browser(server);
    DeviceFlow device = tv.device("openid");

    for (String code : List.of(device.userCode(), "BCDF-BCDF")) {
      HttpResponse<String> answer = browser.get("/device?user_code=" + code);
      assertEquals("/login?user_code=" + code, Http.header(answer, "Location"));
    }
  }

  @Test
  void ofTwoUsersTheFirstDecides() {
    DeviceFlow device = tv.device("openid");
    User first = users.user();
    Browser one = new Browser(server).logIn(first);
    Browser other = new Browser(server).logIn(users.user());
    HttpResponse<String> onesPage = device.open(one);
    HttpResponse<String> othersPage = device.open(other);

    one.submit("/device", onesPage, ALLOW);
    HttpResponse<String> late = other.submit("/device", othersPage, ALLOW);
    assertEquals(404, late.statusCode());
    assertEquals(404, other.submit("/device", othersPage, Map.of("decision", "deny")).statusCode());
    assertEquals(
        first.id().toString(),
        Tokens.claims(Tokens.of(device.poll()).access()).get("sub").asText());
  }

  @Test
  void ofManyUsersAtOnceOneDecides() throws Exception {
    DeviceFlow device = tv.device("openid");
    Map<User, Browser> contenders = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      User user = users.user();
      contenders.put(user, new Browser(server).logIn(user));
    }
    List<Callable<Boolean>> decisions = new ArrayList<>();
    for (Browser browser : contenders.values()) {
      HttpResponse<String> page = device.open(browser);
      decisions.add(() -> {
        browser.submit("/device", page, ALLOW);
        return browser.get(device.page()).body().contains("Your device is connected");
      });
    }
    int won = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> decision : threads.invokeAll(decisions)) {
        won += decision.get() ? 1 : 0;
      }
    }

    assertEquals(1, won);
    String subject = Tokens.claims(Tokens.of(device.poll()).access()).get("sub").asText();
    List<String> connected =
        contenders.entrySet().stream()
            .filter(contender ->
                contender.getValue().get(device.page()).body().contains("Your device is connected"))
            .map(contender -> contender.getKey().id().toString())
            .toList();
    assertEquals(List.of(subject), connected);
  }

  /** Anything but the word allow is a refusal. */
  @ParameterizedTest
  @ValueSource(strings = {"", "ALLOW", "yes", "allow deny"})
  void decisionThatIsNotAllowIsARefusal(String decision) {
    DeviceFlow device = tv.device("openid");
    device.decide(new Browser(server).logIn(users.user()), decision);

    assertEquals("access_denied", device.pollError());
  }

  /** OWASP ASVS 5.0 §3.5. */
  @Test
  void foreignFormDecidesNothing() {
    DeviceFlow device = tv.device("openid");
    Browser browser = new Browser(server).logIn(users.user());
    HttpResponse<String> page = device.open(browser);
    Browser attacker = new Browser(server).logIn(users.user());
    String stolen = Browser.hiddenFields(device.open(attacker)).get("csrf_token");

    Map<String, String> form = new HashMap<>(ALLOW);
    form.put("user_code", device.userCode());
    assertEquals(400, browser.http().form("/device", form).statusCode());
    form.put("csrf_token", stolen);
    assertEquals(400, browser.http().form("/device", form).statusCode());
    for (String[] header :
        new String[][] {
          {"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}
        }) {
      assertEquals(400, browser.submit("/device", page, ALLOW, header).statusCode());
    }
    assertEquals("authorization_pending", device.pollError());
    assertEquals(303, browser.submit("/device", page, ALLOW).statusCode());
  }

  /** A session that ends while the page is open: back to the login, and nothing is decided. */
  @Test
  void decisionAfterTheSessionHasEndedIsNone() {
    User user = users.user();
    Browser browser = new Browser(server).logIn(user);
    DeviceFlow early = tv.device("openid");
    HttpResponse<String> page = early.open(browser);
    CLOCK.advance(Duration.ofHours(2));
    DeviceFlow device = tv.device("openid");

    Map<String, String> form = new HashMap<>(Browser.hiddenFields(page));
    form.putAll(ALLOW);
    form.put("user_code", device.userCode());
    HttpResponse<String> response = browser.http().form("/device", form);
    assertEquals("/login?user_code=" + device.userCode(), Http.header(response, "Location"));
    assertEquals("authorization_pending", device.pollError());
  }

  @Test
  void whatAUserAllowedIsRememberedAndWhatOneRefusedIsNot() {
    User user = users.user();
    Browser browser = new Browser(server).logIn(user);
    Consents consents = server.bean(Consents.class);
    tv.device("openid email").decide(browser, "deny");
    assertEquals(Scopes.NONE, consents.of(user.id(), tv.clientId()));

    tv.device("openid user:read").decide(browser, "allow");
    assertEquals(Scopes.parse("openid user:read"), consents.of(user.id(), tv.clientId()));
  }

  /** Administrative scopes are an administrator's; others are asked about the rest. */
  @Test
  void administrativeScopesAreForAdministrators() {
    TestClient console =
        ClientBuilder.device(server).scope("openid user:read users:read").register();
    DeviceFlow device = console.device("openid users:read");
    Browser browser = new Browser(server).logIn(users.user());
    assertFalse(device.open(browser).body().contains("users:read"));
    assertEquals("openid", device.tokens(browser).scope());

    Browser administrator = new Browser(server).logIn(users.administrator());
    DeviceFlow granted = console.device("openid users:read");
    assertTrue(granted.open(administrator).body().contains("users:read"));
    assertEquals("openid users:read", granted.tokens(administrator).scope());

    DeviceFlow nothing = console.device("users:read");
    assertEquals(400, browser.get(nothing.page()).statusCode());
    assertEquals("authorization_pending", nothing.pollError());
  }

  /** OWASP ASVS 5.0 §1.2.1. */
  @Test
  void nameOfTheClientIsEscaped() {
    TestClient hostile =
        ClientBuilder.device(server)
            .name("<script>alert(1)</script>\"'><img src=x onerror=1>")
            .register();
    Browser browser = new Browser(server).logIn(users.user());
    DeviceFlow device = hostile.device("openid");

    for (HttpResponse<String> page :
        List.of(device.open(browser), device.decide(browser, "allow"))) {
      assertTrue(page.body().contains("&lt;script&gt;"), page.body());
      assertFalse(page.body().contains("<script>alert"), page.body());
      assertFalse(page.body().contains("<img src=x"), page.body());
    }
  }

  @Test
  void whatWasTypedIsShownEscaped() {
    HttpResponse<String> page =
        new Browser(server).get("/device?user_code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");

    assertEquals(404, page.statusCode());
    assertFalse(page.body().contains("<script>alert"), page.body());
  }

  /** RFC 9700 §4.16, §4.2.4; OWASP ASVS 5.0 §14.3. */
  @Test
  void pagesAreNotFramedCachedOrTold() {
    Browser browser = new Browser(server).logIn(users.user());
    DeviceFlow device = tv.device("openid");
    for (HttpResponse<String> page :
        List.of(
            browser.get("/device"),
            browser.get("/device?user_code=BCDF-BCDF"),
            device.open(browser),
            device.decide(browser, "deny"))) {
      assertEquals("no-store", Http.header(page, "Cache-Control"));
      assertEquals("DENY", Http.header(page, "X-Frame-Options"));
      assertEquals("same-origin", Http.header(page, "Referrer-Policy"));
      assertTrue(
          Http.header(page, "Content-Security-Policy").contains("default-src 'none'"),
          page.headers().toString());
    }
  }

  private static void assertAsks(DeviceFlow device, HttpResponse<String> page) {
    assertEquals(200, page.statusCode(), page.body());
    assertTrue(page.body().contains("Living room TV"), page.body());
    assertTrue(page.body().contains(">" + device.userCode() + "<"), page.body());
    assertTrue(page.body().contains("value=\"allow\""), page.body());
    assertTrue(page.body().contains("value=\"deny\""), page.body());
  }

  /** As people type it who do not look. */
  private static String typed(DeviceFlow device) {
    return device.userCode().toLowerCase(Locale.ROOT).replace("-", "+");
  }

  /** The page for a code that is not known, without the code. */
  private static String unknown(Browser browser, String code) {
    HttpResponse<String> page = browser.get("/device?user_code=" + code);
    assertEquals(404, page.statusCode(), page.body());
    return page.body().replace("value=\"" + code + "\"", "");
  }
}
