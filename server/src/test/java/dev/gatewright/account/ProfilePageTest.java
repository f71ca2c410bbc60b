package dev.gatewright.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Browser;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.Profile;
import dev.gatewright.user.ProfileDetails;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page on which a user edits the profile, as a browser without scripts sees it. */
class ProfilePageTest {
  private static final String PATH = "/account/profile";

  private static TestServer server;
  private static TestUsers testUsers;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    testUsers = new TestUsers(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void accountLeadsToTheProfileWithWhatTheUserHasSaid() {
    User user = testUsers.openUser();
    Browser browser = new Browser(server).logIn(user);

    assertTrue(browser.get("/account").body().contains("href=\"/account/profile\""));
    HttpResponse<String> page = browser.get(PATH);
    assertEquals(200, page.statusCode());
    assertEquals("no-store", Http.header(page, "Cache-Control"));
    for (String said :
        new String[] {
          "value=\"Ada Lovelace\"",
          "value=\"1815-12-10\"",
          "value=\"+442071838750\"",
          "<option value=\"Europe/London\" selected>",
          ">12 St James's Square\nLondon SW1Y 4JH</textarea>",
          "value=\"" + user.email() + "\""
        }) {
      assertTrue(page.body().contains(said), said + " in " + page.body());
    }
  }

  @Test
  void whoIsNotLoggedInLogsInFirst() {
    Browser browser = new Browser(server);

    assertEquals("/login", Http.header(browser.get(PATH), "Location"));
    assertEquals("/login", Http.header(browser.http().form(PATH, Map.of("name", "x")), "Location"));
  }

  @Test
  void savedProfileIsWhatTheFieldsSay() {
    User user = testUsers.openUser();
    Browser browser = new Browser(server).logIn(user);
    Map<String, String> form = form(user);
    form.put("name", "  Countess of Lovelace ");
    form.put("nickname", "");
    form.put("phone_number", "+33 (1) 42-68.53/00");
    form.put("address.street_address", "Rue de Rivoli\r\nBâtiment B");
    form.put("address.locality", "Paris");
    form.put("zoneinfo", "Europe/Paris");

    HttpResponse<String> saved = browser.submit(PATH, browser.get(PATH), form);
    assertEquals(303, saved.statusCode(), saved.body());
    assertTrue(browser.get(Http.header(saved, "Location")).body().contains("profile is saved"));
    User after = server.bean(Users.class).find(user.id()).orElseThrow();
    ProfileDetails details = after.details();
    assertEquals("Countess of Lovelace", after.name());
    assertEquals("+33142685300", after.phoneNumber());
    assertFalse(after.phoneNumberVerified());
    assertTrue(after.emailVerified());
    assertEquals(null, details.nickname());
    assertEquals("Europe/Paris", details.zoneinfo());
    assertEquals("1815-12-10", details.birthdate());
    assertEquals(
        "Rue de Rivoli\nBâtiment B", Objects.requireNonNull(details.address()).streetAddress());
    assertFalse(browser.get("/account").body().contains("profile is saved"));
  }

  @Test
  void emptyFormClearsEverythingButTheLogin() {
    User user = testUsers.openUser();
    Browser browser = new Browser(server).logIn(user);
    Map<String, String> form =
        Map.of("username", user.username(), "email", Objects.requireNonNull(user.email()));

    assertEquals(303, browser.submit(PATH, browser.get(PATH), form).statusCode());
    User after = server.bean(Users.class).find(user.id()).orElseThrow();
    assertEquals(new Profile(user.username(), user.email(), null, null, null), after.profile());
  }

  @Test
  void whatIsRefusedIsSaidAtItsFieldAndKept() {
    User user = testUsers.openUser();
    Browser browser = new Browser(server).logIn(user);
    Map<String, String> form = form(user);
    form.put("birthdate", "tomorrow");
    form.put("website", "javascript:alert(1)");
    form.put("address.formatted", "x".repeat(1001));
    form.put("nickname", "\"><script>");

    HttpResponse<String> page = browser.submit(PATH, browser.get(PATH), form);
    assertEquals(400, page.statusCode());
    assertTrue(
        page.body().contains("<a href=\"#birthdate\">Birthdate must be a date"), page.body());
    assertTrue(page.body().contains("id=\"birthdate-error\""), page.body());
    assertTrue(page.body().contains("value=\"tomorrow\""), page.body());
    assertTrue(page.body().contains("id=\"website-error\""), page.body());
    assertTrue(page.body().contains("id=\"address.formatted-error\""), page.body());
    assertFalse(page.body().contains("<script>"), page.body());
    assertEquals(user, server.bean(Users.class).find(user.id()).orElseThrow());
  }

  /** OWASP ASVS 7.5.1: what one logs in by. */
  @Test
  void userNameAndEmailChangeOnlyWithThePassword() {
    User user = testUsers.openUser();
    Browser browser = new Browser(server).logIn(user);
    Map<String, String> form = form(user);
    form.put("email", TestUsers.freshName() + "@example.org");

    HttpResponse<String> without = browser.submit(PATH, browser.get(PATH), form);
    assertEquals(400, without.statusCode());
    assertTrue(without.body().contains("Current password is needed"), without.body());
    form.put("current_password", "wrong");
    HttpResponse<String> wrong = browser.submit(PATH, browser.get(PATH), form);
    assertTrue(wrong.body().contains("Current password is wrong"), wrong.body());
    assertFalse(wrong.body().contains("value=\"wrong\""), wrong.body());
    form.put("current_password", TestUsers.PASSWORD);
    assertEquals(303, browser.submit(PATH, browser.get(PATH), form).statusCode());

    User after = server.bean(Users.class).find(user.id()).orElseThrow();
    assertEquals(form.get("email"), after.email());
    assertFalse(after.emailVerified());
    assertTrue(after.phoneNumberVerified());
  }

  @Test
  void takenNameAndMissingNameAreSaid() {
    User user = testUsers.user();
    Browser browser = new Browser(server).logIn(user);
    Map<String, String> form = form(user);
    form.put("username", testUsers.user().username());
    form.put("current_password", TestUsers.PASSWORD);

    HttpResponse<String> taken = browser.submit(PATH, browser.get(PATH), form);
    assertEquals(409, taken.statusCode());
    assertTrue(taken.body().contains("User name is taken"), taken.body());
    form.remove("username");
    HttpResponse<String> missing = browser.submit(PATH, browser.get(PATH), form);
    assertEquals(400, missing.statusCode());
    assertTrue(missing.body().contains("User name cannot be cleared"), missing.body());
  }

  /** OWASP ASVS 3.5. */
  @Test
  void foreignFormChangesNothing() {
    User user = testUsers.openUser();
    Browser browser = new Browser(server).logIn(user);
    Map<String, String> form = form(user);
    form.put("name", "Mallory");
    HttpResponse<String> page = browser.get(PATH);

    Map<String, String> without = new HashMap<>(form);
    without.put("version", "1");
    assertEquals(403, browser.http().form(PATH, without).statusCode());
    assertEquals(
        403, browser.submit(PATH, page, form, "Origin", "https://evil.example").statusCode());
    Browser attacker = new Browser(server).logIn(testUsers.user());
    without.putAll(Browser.hiddenFields(attacker.get(PATH)));
    assertEquals(403, browser.http().form(PATH, without).statusCode());
    assertEquals(user, server.bean(Users.class).find(user.id()).orElseThrow());
  }

  /** Two windows: the second learns that the first was faster, and decides. */
  @Test
  void overtakenFormIsShownAgain() {
    User user = testUsers.openUser();
    Browser browser = new Browser(server).logIn(user);
    HttpResponse<String> first = browser.get(PATH);
    HttpResponse<String> second = browser.get(PATH);
    Map<String, String> form = form(user);
    form.put("name", "First");
    assertEquals(303, browser.submit(PATH, first, form).statusCode());

    form.put("name", "Second");
    HttpResponse<String> overtaken = browser.submit(PATH, second, form);
    assertEquals(409, overtaken.statusCode());
    assertTrue(overtaken.body().contains("changed elsewhere"), overtaken.body());
    assertTrue(overtaken.body().contains("value=\"Second\""), overtaken.body());
    assertNotEquals(
        Browser.hiddenFields(second).get("version"),
        Browser.hiddenFields(overtaken).get("version"));
    assertEquals(303, browser.submit(PATH, overtaken, form).statusCode());
    assertEquals("Second", server.bean(Users.class).find(user.id()).orElseThrow().name());
  }

  /** What the page posts when nothing is changed, the hidden fields apart. */
  private static Map<String, String> form(User user) {
    return new HashMap<>(server.bean(AccountModels.class).fields(user.profile()));
  }
}
