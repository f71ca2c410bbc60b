package dev.gatewright.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.gatewright.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reference as a reader meets it, from the home page, under its Content-Security-Policy. */
class ReferenceInBrowserTest {
  private static Chromium chromium;
  private static TestServer server;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void theHomePageLeadsToAReferenceThatIsSearchedAndRead() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(server.issuer() + "/");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("API reference")).click();
      page.getByPlaceholder("Search...").fill("Sign up");
      page.locator("[data-role='search:results'] label")
          .filter(new Locator.FilterOptions().setHasText("Sign up"))
          .first()
          .click();

      assertThat(
              page.getByRole(AriaRole.HEADING)
                  .filter(new Locator.FilterOptions().setHasText("Sign up"))
                  .first())
          .isInViewport();
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of("target", "screenshots", "reference-desktop.png")));
    }
  }

  @Test
  void aLinkToAnOperationOpensOnAPhoneAndNothingIsCutOff() {
    try (Visit visit = chromium.visit(options -> options.setViewportSize(360, 740))) {
      Page page = visit.page();
      page.navigate(server.issuer() + "/reference/#tag/Users/operation/signUp");

      assertThat(
              page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Sign up"))
                  .first())
          .isInViewport();
      assertEquals(360, page.evaluate("document.documentElement.scrollWidth"));
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of("target", "screenshots", "reference-phone.png")));
    }
  }

  @Test
  void theChangesOfTheContractAreAPageBeside() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(server.issuer() + "/reference");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Changes of the contract"))
          .click();

      assertEquals(server.issuer() + "/reference/changes.html", page.url());
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Reference")).click();
      assertThat(page.getByPlaceholder("Search...")).isVisible();
    }
  }
}
