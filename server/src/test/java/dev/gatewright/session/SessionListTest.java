package dev.gatewright.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users see where they are logged in, and end what they do not know (OWASP ASVS 5.0 §7.5.2). */
class SessionListTest {
  private static final TestClock CLOCK = new TestClock();
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  private static TestServer server;
  private static TestUsers users;
  private static TestClient app;
  private static Doors doors;

  private final User user = users.user();
  private final Http http = new Http(server);

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
    users = new TestUsers(server);
    app = ClientBuilder.nativeApp(server).register();
    doors = new Doors(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void listNamesBrowserAddressAndTimes() {
    Browser browser = new Browser(server);
    browser.submit(
        "/login", browser.get("/login"), Browser.credentials(user), "User-Agent", FIREFOX);
    JsonNode session = sessions(users.bearer(user)).getFirst();

    assertEquals(FIREFOX, session.get("user_agent").asText());
    assertTrue(List.of("127.0.0.1", "::1").contains(session.get("address").asText()));
    assertEquals(CLOCK.instant().toString(), session.get("logged_in_at").asText());
    assertEquals(CLOCK.instant().toString(), session.get("last_seen_at").asText());
    assertEquals(
        CLOCK.instant().plus(Duration.ofHours(12)).toString(), session.get("expires_at").asText());
  }

  /** A JSON login is in no browser, so that no session is known to be the current one. */
  @Test
  void currentSessionIsMarkedOnlyWhereItIsKnown() {
    Browser here = new Browser(server).logIn(user);
    new Browser(server).logIn(user);
    String bearer = "Bearer " + tokens(here, "openid user:read").access();
    List<JsonNode> marked = sessions(bearer);

    assertEquals(2, marked.size());
    assertFalse(marked.getFirst().get("current").asBoolean());
    assertTrue(marked.getLast().get("current").asBoolean());
    assertTrue(sessions(users.bearer(user)).stream().noneMatch(session -> session.has("current")));
  }

  @Test
  void endedSessionIsDeadAtOnceWithWhatWasGrantedInIt() {
    Browser lost = new Browser(server).logIn(user);
    String sid = sessions(users.bearer(user)).getFirst().get("id").asText();
    Browser kept = new Browser(server).logIn(user);
    Tokens online = tokens(lost, "openid user:read");
    Tokens offline = tokens(lost, "openid user:read offline_access");
    assertEquals(sid, Tokens.claims(online.id()).get("sid").asText());
    Tokens elsewhere = tokens(kept, "openid user:read");

    assertEquals(204, end(users.bearer(user), sid).statusCode());
    assertFalse(isLoggedIn(lost));
    assertTrue(isLoggedIn(kept));
    doors.assertClosedTo(online.access());
    doors.assertOpenTo(offline.access());
    doors.assertOpenTo(elsewhere.access());
    assertEquals(404, end(users.bearer(user), sid).statusCode());
  }

  @Test
  void sessionsOfOthersAreNeitherShownNorEnded() {
    Browser browser = new Browser(server).logIn(user);
    String sid = sessions(users.bearer(user)).getFirst().get("id").asText();
    String stranger = users.bearer(users.user());

    assertEquals(List.of(), sessions(stranger));
    assertEquals(404, end(stranger, sid).statusCode());
    assertEquals(404, end(users.bearer(users.administrator()), sid).statusCode());
    assertEquals(404, end(stranger, UUID.randomUUID().toString()).statusCode());
    assertEquals(400, end(stranger, "x").statusCode());
    assertTrue(isLoggedIn(browser));
  }

  /** ASVS 7.4.5: also what outlives sessions. */
  @Test
  void administratorLogsAUserOutEverywhere() {
    Browser one = new Browser(server).logIn(user);
    Browser other = new Browser(server).logIn(user);
    Tokens offline = tokens(one, "openid user:read offline_access");
    Browser stranger = new Browser(server).logIn(users.user());
    String path = "/api/users/" + user.id() + "/sessions";
    String administrator = users.bearer(users.administrator());

    assertEquals(403, delete(path, users.bearer(user)).statusCode());
    assertTrue(isLoggedIn(one));
    assertEquals(204, delete(path, administrator).statusCode());
    assertFalse(isLoggedIn(one));
    assertFalse(isLoggedIn(other));
    doors.assertClosedTo(offline.access());
    assertEquals(400, app.refresh(offline.refresh()).statusCode());
    assertTrue(isLoggedIn(stranger));
    assertTrue(isLoggedIn(one.logIn(user)), "the account itself is as it was");
    assertEquals(
        404, delete("/api/users/" + UUID.randomUUID() + "/sessions", administrator).statusCode());
    assertEquals(400, delete("/api/users/x/sessions", administrator).statusCode());
  }

  @Test
  void scopesAreRequired() {
    Browser browser = new Browser(server).logIn(user);
    String sid = sessions(users.bearer(user)).getFirst().get("id").asText();
    String readOnly = "Bearer " + tokens(browser, "openid user:read").access();
    String writeOnly = "Bearer " + tokens(browser, "openid user:write").access();

    assertEquals(403, end(readOnly, sid).statusCode());
    assertEquals(403, http.get("/api/user/sessions", "Authorization", writeOnly).statusCode());
    assertEquals(401, http.get("/api/user/sessions").statusCode());
    assertTrue(isLoggedIn(browser));
  }

  /** Neither what is over nor what nobody uses any more. */
  @Test
  void listHasLiveSessionsOnly() {
    new Browser(server).logIn(user);
    CLOCK.advance(Duration.ofMinutes(61));
    Browser live = new Browser(server).logIn(user);

    assertEquals(1, sessions(users.bearer(user)).size());
    live.submit("/logout", live.get("/logout"), Map.of());
    assertEquals(0, sessions(users.bearer(user)).size());
  }

  @Test
  void listIsPagedFromTheNewest() {
    for (int i = 0; i < 5; i++) {
      new Browser(server).logIn(user);
    }
    String bearer = users.bearer(user);
    List<String> all =
        sessions(bearer).stream().map(session -> session.get("id").asText()).toList();
    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          Http.body(200, http.get("/api/user/sessions?limit=2" + cursor, "Authorization", bearer));
      page.get("items").forEach(session -> paged.add(session.get("id").asText()));
      cursor = page.has("next_cursor") ? "&cursor=" + page.get("next_cursor").asText() : "";
    } while (!cursor.isEmpty());

    assertEquals(5, all.size());
    assertEquals(all, paged);
    assertEquals(
        400, http.get("/api/user/sessions?cursor=x", "Authorization", bearer).statusCode());
  }

  /** OpenID Connect Core §2: {@code sid} goes on, while the cookie does not (ASVS 7.2.4). */
  @Test
  void userWhoLogsInAgainStaysInTheSession() {
    Browser browser = new Browser(server).logIn(user);
    String cookie = browser.session();
    Tokens before = tokens(browser, "openid user:read");
    CLOCK.advance(Duration.ofMinutes(5));
    browser.logIn(user);

    assertNotEquals(cookie, browser.session());
    assertEquals(1, sessions(users.bearer(user)).size());
    assertEquals(
        Tokens.claims(before.id()).get("sid"),
        Tokens.claims(tokens(browser, "openid user:read").id()).get("sid"));
    doors.assertOpenTo(before.access());
    assertEquals(
        303,
        new Http(server).get("/account", "Cookie", Browser.SESSION + "=" + cookie).statusCode());
  }

  @Test
  void loginOfAnotherUserEndsTheSessionOfTheFirst() {
    Browser browser = new Browser(server).logIn(user);
    Tokens before = tokens(browser, "openid user:read");
    browser.logIn(users.user());

    assertEquals(0, sessions(users.bearer(user)).size());
    doors.assertClosedTo(before.access());
  }

  @Test
  void pageListsSessionsAndLogsEachOut() {
    Browser here = new Browser(server).logIn(user);
    Browser there = new Browser(server);
    there.submit("/login", there.get("/login"), Browser.credentials(user), "User-Agent", FIREFOX);
    HttpResponse<String> page = here.get("/account/sessions");

    assertTrue(page.body().contains("<h2>Firefox on Linux</h2>"), page.body());
    assertTrue(page.body().contains("This browser"), page.body());
    String sid = sessions(users.bearer(user)).getFirst().get("id").asText();
    assertEquals(303, here.submit("/account/sessions", page, Map.of("session", sid)).statusCode());
    assertFalse(isLoggedIn(there));
    assertTrue(isLoggedIn(here));
  }

  @Test
  void pageLogsOutEverywhereElse() {
    Browser here = new Browser(server).logIn(user);
    List<Browser> elsewhere =
        List.of(new Browser(server).logIn(user), new Browser(server).logIn(user));
    Tokens mine = tokens(here, "openid user:read");
    Tokens theirs = tokens(elsewhere.getFirst(), "openid user:read");
    Browser stranger = new Browser(server).logIn(users.user());
    HttpResponse<String> page = here.get("/account/sessions");
    here.submit("/account/sessions", page, Map.of("session", "others"));

    assertTrue(isLoggedIn(here));
    assertTrue(elsewhere.stream().noneMatch(SessionListTest::isLoggedIn));
    assertTrue(isLoggedIn(stranger));
    doors.assertOpenTo(mine.access());
    doors.assertClosedTo(theirs.access());
    assertFalse(here.get("/account/sessions").body().contains("everywhere else"));
  }

  /** ASVS 3.5.1. */
  @Test
  void formsOfOtherSitesEndNothing() {
    Browser here = new Browser(server).logIn(user);
    Browser there = new Browser(server).logIn(user);
    HttpResponse<String> page = here.get("/account/sessions");
    Map<String, String> others = Map.of("session", "others");

    assertEquals(400, here.http().form("/account/sessions", others).statusCode());
    assertEquals(
        400,
        here.submit("/account/sessions", page, others, "Origin", "https://evil.example")
            .statusCode());
    assertEquals(
        400,
        there
            .http()
            .form(
                "/account/sessions",
                Map.of(
                    "session",
                    "others",
                    "csrf_token",
                    Browser.hiddenFields(page).get("csrf_token")))
            .statusCode());
    assertTrue(isLoggedIn(there));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "00000000-0000-0000-0000-000000000000"})
  void whatIsNoSessionEndsNothing(String session) {
    Browser here = new Browser(server).logIn(user);
    Browser there = new Browser(server).logIn(user);
    HttpResponse<String> answer =
        here.submit("/account/sessions", here.get("/account/sessions"), Map.of("session", session));

    assertTrue(List.of(303, 400).contains(answer.statusCode()), answer.body());
    assertTrue(isLoggedIn(there));
  }

  @Test
  void pageWithoutASessionLeadsToTheLogin() {
    HttpResponse<String> answer = http.get("/account/sessions");
    assertEquals(303, answer.statusCode());
    assertEquals("/login", Http.header(answer, "Location"));
  }

  /** What browsers send is shown as text and kept short. */
  @Test
  void userAgentIsBoundedAndHarmless() {
    Browser browser = new Browser(server);
    browser.submit(
        "/login",
        browser.get("/login"),
        Browser.credentials(user),
        "User-Agent",
        "<script>alert(1)</script>" + "x".repeat(5000));
    String shown = sessions(users.bearer(user)).getFirst().get("user_agent").asText();

    assertEquals(200, shown.length());
    assertFalse(browser.get("/account/sessions").body().contains("<script>alert"));
  }

  private List<JsonNode> sessions(String bearer) {
    List<JsonNode> sessions = new ArrayList<>();
    Http.body(200, http.get("/api/user/sessions?limit=100", "Authorization", bearer))
        .get("items")
        .forEach(sessions::add);
    return sessions;
  }

  private HttpResponse<String> end(String bearer, String sid) {
    return delete("/api/user/sessions/" + sid, bearer);
  }

  private HttpResponse<String> delete(String path, String bearer) {
    return http.send("DELETE", path, "", "Authorization", bearer);
  }

  private Tokens tokens(Browser browser, String scope) {
    var flow = app.flow().with("scope", scope);
    return Tokens.of(flow.redeem(flow.answer(browser, user).value("code")));
  }

  private static boolean isLoggedIn(Browser browser) {
    return Answer.of(browser.get(app.flow().with("prompt", "none").path())).has("code");
  }
}
