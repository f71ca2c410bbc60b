package dev.gatewright.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
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
 * Logging out of an application on another site, in a real browser: which cookies come along with
 * the application's requests, and that the form of our page may end there (OpenID Connect
 * RP-Initiated Logout §2, §3).
 */
class LogoutInBrowserTest {
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

  @Test
  void idTokenOfTheSessionLeadsThereAndBack() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(site.logoutUrl(server, logIn(page)));
      assertGone(page);
    }
  }

  /** The form of another site brings no SameSite=Lax cookie; the page that follows has it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void formOfAnotherSiteLeadsThereAndBack(boolean javaScript) {
    try (Visit visit = chromium.visit(options -> options.setJavaScriptEnabled(javaScript))) {
      Page page = visit.page();
      page.navigate(site.logoutForm(server, logIn(page)));
      Visit.press(page, "Leave");
      assertGone(page);
    }
  }

  /** The Content-Security-Policy of the page that asks lets its form end at the other site. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsAskedAndAgreesIsLedBack(boolean javaScript) {
    try (Visit visit = chromium.visit(options -> options.setJavaScriptEnabled(javaScript))) {
      Page page = visit.page();
      logIn(page);
      page.navigate(site.logoutUrl(server, ""));
      assertThat(page.getByText("Other site asks to end this")).isVisible();
      Visit.press(page, "Log out");
      assertGone(page);
    }
  }

  @Test
  void whoStaysIsStillLoggedIn() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      logIn(page);
      page.navigate(site.logoutUrl(server, ""));
      page.getByText("Stay logged in").click();
      assertThat(page.getByText("Logged in as")).isVisible();
    }
  }

  @Test
  void whoIsLoggedOutAlreadyGoesBackByALink() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(site.logoutUrl(server, ""));
      assertThat(page.getByText("You are logged out")).isVisible();
      page.getByText("Back to Other site").click();
      assertThat(page.getByText("Goodbye from the other site")).isVisible();
      assertEquals(Map.of("state", "s2"), site.brought());
    }
  }

  /** Logs in at the other site, and returns the ID token that it has then. */
  private static String logIn(Page page) {
    page.navigate(site.authorizationUrl(server));
    Visit.logIn(page, users.user().username(), TestUsers.PASSWORD);
    Visit.press(page, "Allow");
    assertThat(page.getByText("Back at the other site")).isVisible();
    return site.idToken(server);
  }

  private static void assertGone(Page page) {
    assertThat(page.getByText("Goodbye from the other site")).isVisible();
    assertEquals(Map.of("state", "s2"), site.brought());
    page.navigate(server.issuer() + "/");
    assertThat(page.getByText("Logged in as")).isHidden();
  }
}
