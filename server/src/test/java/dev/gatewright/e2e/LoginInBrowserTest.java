package dev.gatewright.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logging in to an application on another origin, in a real browser. Chromium holds {@code
 * form-action} against every redirect that answers a form, so only a browser tells whether one gets
 * through.
 */
class LoginInBrowserTest {
  @TempDir static Path directory;

  private static Chromium chromium;
  private static OtherSite site;
  private static TestServer server;
  private static TestUsers users;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    site = OtherSite.open();
    server =
        TestServer.start(
            Map.of("gatewright.bootstrap-file", site.bootstrapFile(directory).toString()));
    users = new TestUsers(server);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      site.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void loginAndConsentLeadBackToAnotherOrigin(boolean javaScript) {
    try (Visit visit = chromium.visit(options -> options.setJavaScriptEnabled(javaScript))) {
      Page page = visit.page();
      page.navigate(site.authorizationUrl(server));
      assertThat(page.getByText("to continue to Other site")).isVisible();
      Visit.logIn(page, users.user().username(), TestUsers.PASSWORD);
      assertThat(page.getByRole(AriaRole.HEADING, heading("Other site asks for access")))
          .isVisible();
      Visit.press(page, "Allow");

      assertBackWithCode(page);
    }
  }

  @Test
  void signUpOnTheWayLeadsBackToo() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(site.authorizationUrl(server));
      page.getByText("Create an account").click();
      visit.signUp(TestUsers.freshName(), TestUsers.PASSWORD);
      Visit.press(page, "Allow");

      assertBackWithCode(page);
    }
  }

  @Test
  void whoIsLoggedInAndHasConsentedPassesWithoutAPage() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(site.authorizationUrl(server));
      Visit.logIn(page, users.user().username(), TestUsers.PASSWORD);
      Visit.press(page, "Allow");
      assertBackWithCode(page);

      page.navigate(site.authorizationUrl(server));
      assertBackWithCode(page);
    }
  }

  @Test
  void refusalIsToldToTheApplication() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(site.authorizationUrl(server));
      Visit.logIn(page, users.user().username(), TestUsers.PASSWORD);
      Visit.press(page, "Deny");

      assertThat(page.getByText("Back at the other site")).isVisible();
      Map<String, String> brought = site.brought();
      assertEquals("access_denied", brought.get("error"));
      assertEquals("s1", brought.get("state"));
      assertEquals(server.issuer(), brought.get("iss"));
    }
  }

  @Test
  void wrongPasswordIsSaidAndTheNextAttemptSucceeds() {
    String name = users.user().username();
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(site.authorizationUrl(server));
      Visit.logIn(page, name, "not the password");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("is wrong");
      assertThat(page.getByLabel("User name or email")).hasValue(name);
      assertThat(page.getByLabel("Password")).isFocused();
      assertThat(page.getByLabel("Password")).hasValue("");
      visit.expectRefusal(401);
      page.keyboard().type(TestUsers.PASSWORD);
      page.keyboard().press("Enter");
      Visit.press(page, "Allow");

      assertBackWithCode(page);
    }
  }

  @Test
  void keyboardAloneIsEnough() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(site.authorizationUrl(server));
      assertThat(page.getByLabel("User name or email")).isFocused();
      page.keyboard().type(users.user().username());
      page.keyboard().press("Tab");
      assertThat(page.getByLabel("Password")).isFocused();
      page.keyboard().type(TestUsers.PASSWORD);
      page.keyboard().press("Tab");
      assertThat(page.getByRole(AriaRole.BUTTON)).isFocused();
      assertFocusIsVisible(page);
      page.keyboard().press("Enter");

      assertThat(page.getByText("asks for access")).isVisible();
      page.keyboard().press("Tab");
      assertThat(page.getByText("Skip to content")).isFocused();
      for (String stop : new String[] {"Gatewright", "Use another account", "Allow"}) {
        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText(stop);
        assertFocusIsVisible(page);
      }
      page.keyboard().press("Enter");

      assertBackWithCode(page);
    }
  }

  private static void assertBackWithCode(Page page) {
    assertThat(page.getByText("Back at the other site")).isVisible();
    Map<String, String> brought = site.brought();
    assertTrue(brought.containsKey("code"), brought::toString);
    assertEquals("s1", brought.get("state"));
    assertEquals(server.issuer(), brought.get("iss")); // RFC 9207
  }

  private static void assertFocusIsVisible(Page page) {
    Object width =
        page.locator(":focus")
            .evaluate(
                "e => { const s = getComputedStyle(e); return s.outlineStyle === 'none' ? 0 :"
                    + " parseFloat(s.outlineWidth) }");
    assertTrue(
        ((Number) width).doubleValue() >= 2,
        "The outline of what has the focus is " + width + " pixels wide");
  }

  private static Page.GetByRoleOptions heading(String text) {
    return new Page.GetByRoleOptions().setName(text);
  }
}
