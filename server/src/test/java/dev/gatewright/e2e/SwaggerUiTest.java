package dev.gatewright.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.auth.Tokens;
import dev.gatewright.user.User;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Swagger UI in a real browser: from signing up to an answered call. */
class SwaggerUiTest {
  private static final String PASSWORD = "four unrelated words here";

  private static Chromium chromium;
  private static TestServer server;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    server = TestServer.start(Map.of("gatewright.bootstrap-file", "classpath:bootstrap-dev.yml"));
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
  void whoSignsUpAuthorizesAndCallsTheApi() {
    String name = TestUsers.freshName();
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(server.issuer() + "/sign-up");
      visit.signUp(name, PASSWORD);
      assertThat(page.getByText("Logged in as " + name)).isVisible();
      page.navigate(server.issuer() + "/logout");
      Visit.press(page, "Log out");
      assertThat(page.getByText("You are logged out")).isVisible();

      page.navigate(server.issuer() + "/swagger-ui/");
      Locator dialog = openAuthorizations(page);
      Locator oauth2 =
          scheme(dialog, Pattern.compile("oauth2\\s+\\(OAuth2,\\s+authorizationCode with PKCE\\)"));
      Visit.screenshot(dialog.locator(".modal-ux"), "swagger-ui-authorize");
      Page popup = page.waitForPopup(() -> authorize(oauth2));
      Visit.logIn(popup, name, PASSWORD);
      assertThat(popup.getByText("Swagger UI asks for access")).isVisible();
      Visit.screenshot(popup, "swagger-ui-consent");
      popup.waitForClose(() -> Visit.press(popup, "Allow"));
      assertThat(oauth2.getByText("Logout")).isVisible();
      closeAuthorizations(dialog);

      assertThat(answerOfGetUser(page)).containsText("\"username\": \"" + name + "\"");
      Visit.screenshot(page.locator("#operations-Account-getUser"), "swagger-ui-answer");
    }
  }

  @Test
  void bearerBoxTakesAnAccessToken() {
    User user = new TestUsers(server).user();
    Tokens tokens =
        OAuth2Session.builder(server.uri("")).build().logIn(user.username(), TestUsers.PASSWORD);
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(server.issuer() + "/swagger-ui/");
      Locator dialog = openAuthorizations(page);
      Locator bearer = scheme(dialog, Pattern.compile("^\\s*bearer\\s"));
      bearer.locator("input").fill(tokens.accessToken());
      authorize(bearer);
      closeAuthorizations(dialog);

      assertThat(answerOfGetUser(page)).containsText("\"username\": \"" + user.username() + "\"");
    }
  }

  private static Locator openAuthorizations(Page page) {
    page.locator(".auth-wrapper .btn.authorize").click();
    return page.locator(".dialog-ux");
  }

  private static Locator scheme(Locator dialog, Pattern title) {
    Locator heading = dialog.page().locator("h4", new Page.LocatorOptions().setHasText(title));
    return dialog.locator(".auth-container", new Locator.LocatorOptions().setHas(heading));
  }

  private static void authorize(Locator scheme) {
    scheme.locator("button.authorize").click();
  }

  private static void closeAuthorizations(Locator dialog) {
    dialog.locator("button.btn-done").first().click();
  }

  /** Opens the operation, executes it, and gives the body of the answer, whose status is 200. */
  private static Locator answerOfGetUser(Page page) {
    Locator operation = page.locator("#operations-Account-getUser");
    operation.locator(".opblock-summary-control").click();
    operation.locator("button.execute").click();
    Locator answer = operation.locator(".live-responses-table .response");
    assertThat(answer.locator(".response-col_status")).containsText("200");
    return answer.locator(".response-col_description");
  }
}
