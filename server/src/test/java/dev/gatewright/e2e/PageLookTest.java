package dev.gatewright.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page, on a phone and at a desktop, light and dark: what can be measured is; the rest is in
 * the screenshots.
 */
class PageLookTest {
  private static final String AUDIT = read("page-audit.js");

  @TempDir static Path directory;

  private static Chromium chromium;
  private static OtherSite site;
  private static TestServer server;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    site = OtherSite.open();
    server =
        TestServer.start(
            Map.of("gatewright.bootstrap-file", site.bootstrapFile(directory).toString()));
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

  /** How a page is looked at. */
  enum Look {
    DESKTOP(1280, 800, ColorScheme.LIGHT),
    DESKTOP_DARK(1280, 800, ColorScheme.DARK),
    PHONE(360, 740, ColorScheme.LIGHT),
    /** WCAG 2.2, 1.4.10 Reflow: 320 CSS pixels. */
    NARROWEST(320, 640, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Look(int width, int height, ColorScheme scheme) {
      this.width = width;
      this.height = height;
      this.scheme = scheme;
    }

    private void wish(Browser.NewContextOptions options) {
      options.setViewportSize(width, height).setColorScheme(scheme);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPageIsLegibleAndFits(Look look) {
    String name = "ada" + look.ordinal();
    try (Visit visit = chromium.visit(look::wish)) {
      Page page = visit.page();
      page.navigate(server.issuer() + "/");
      look(page, look, "home");
      page.navigate(server.issuer() + "/login");
      look(page, look, "login");
      Visit.logIn(page, name, "nobody has this one");
      visit.expectRefusal(401);
      look(page, look, "login-refused");
      page.navigate(server.issuer() + "/sign-up");
      look(page, look, "sign-up");
      visit.signUp("n", "password");
      visit.expectRefusal(400);
      look(page, look, "sign-up-refused");
      page.navigate(server.issuer() + "/sign-up");
      visit.signUp(name, TestUsers.PASSWORD);
      assertThat(page.getByText("Logged in as")).isVisible();
      look(page, look, "home-logged-in");
      page.navigate(server.issuer() + "/account");
      look(page, look, "account");
      page.navigate(server.issuer() + "/account/profile");
      look(page, look, "profile");
      page.getByLabel("Birthdate").fill("tomorrow");
      page.getByLabel("Phone number").fill("112");
      Visit.press(page, "Save");
      visit.expectRefusal(400);
      look(page, look, "profile-refused");
      page.getByLabel("Birthdate").fill("1815-12-10");
      page.getByLabel("Phone number").fill("+44 20 7183 8750");
      page.getByLabel("Time zone").selectOption("Europe/London");
      Visit.press(page, "Save");
      assertThat(page.getByText("Your profile is saved.")).isVisible();
      look(page, look, "account-saved");
      try (Visit elsewhere = chromium.visit(Look.PHONE::wish)) {
        elsewhere.page().navigate(server.issuer() + "/login");
        Visit.logIn(elsewhere.page(), name, TestUsers.PASSWORD);
        page.navigate(server.issuer() + "/account/sessions");
        look(page, look, "sessions");
        Visit.press(page, "Log out everywhere else");
        assertThat(page.getByText("Logged out there")).isVisible();
        look(page, look, "sessions-ended");
        elsewhere.page().navigate(server.issuer() + "/account");
        assertThat(elsewhere.page().getByText("Log in").first()).isVisible();
      }
      page.navigate(site.authorizationUrl(server));
      look(page, look, "consent");
      DeviceFlow device = devices(visit, look);
      page.navigate(site.logoutUrl(server, ""));
      look(page, look, "logout-for-a-client");
      page.navigate(server.issuer() + "/logout");
      look(page, look, "logout");
      Visit.press(page, "Log out");
      assertThat(page.getByText("You are logged out")).isVisible();
      look(page, look, "logged-out");
      page.navigate(server.issuer() + device.page());
      look(page, look, "login-for-a-device");
      page.navigate(site.logoutUrl(server, ""));
      look(page, look, "logged-out-for-a-client");
      page.navigate(server.issuer() + "/oauth2/logout?client_id=nobody");
      visit.expectRefusal(400);
      look(page, look, "logout-refused");
      page.navigate(server.issuer() + "/oauth2/auth?client_id=nobody");
      visit.expectRefusal(400);
      look(page, look, "error");
      page.navigate(server.issuer() + "/not-there");
      visit.expectRefusal(404);
      look(page, look, "not-found");
    }
  }

  /** The pages for the user of a device, and a device that nobody has decided on. */
  private static DeviceFlow devices(Visit visit, Look look) {
    Page page = visit.page();
    TestClient tv = ClientBuilder.device(server).name("Living room TV").register();
    page.navigate(server.issuer() + "/device");
    look(page, look, "device-code");
    page.getByLabel("Code").fill("bcdf bcdf");
    Visit.press(page, "Continue");
    visit.expectRefusal(404);
    look(page, look, "device-code-unknown");
    for (String decision : List.of("Allow", "Deny")) {
      page.navigate(server.issuer() + tv.device("openid offline_access user:read").page());
      look(page, look, "device-consent");
      Visit.press(page, decision);
      assertThat(page.getByText("You can close this window")).isVisible();
      look(page, look, "device-" + decision.toLowerCase());
    }
    return tv.device("openid");
  }

  private static void look(Page page, Look look, String name) {
    Visit.screenshot(page, "%s-%s".formatted(name, look.name().toLowerCase().replace('_', '-')));
    assertEquals(List.of(), page.evaluate(AUDIT), "What is wrong with the page " + name);
  }

  private static String read(String resource) {
    try (var in = Objects.requireNonNull(PageLookTest.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
