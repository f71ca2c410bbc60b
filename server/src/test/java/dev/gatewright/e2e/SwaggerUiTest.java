package dev.gatewright.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.e2e.Explorer.Operation;
import dev.gatewright.user.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Swagger UI in a real browser: from signing up to answered calls, and on after expiry. */
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

      Explorer explorer = Explorer.open(visit, server);
      Locator dialog = explorer.authorizations();
      Visit.screenshot(dialog.locator(".modal-ux"), "swagger-ui-authorize");
      Page popup = explorer.authorizeUser();
      Visit.logIn(popup, name, PASSWORD);
      assertThat(popup.getByText("Swagger UI asks for access")).isVisible();
      Visit.screenshot(popup, "swagger-ui-consent");
      popup.waitForClose(() -> Visit.press(popup, "Allow"));
      assertThat(explorer.scheme(Explorer.USERS).getByText("Logout")).isVisible();
      explorer.close(dialog);

      Operation getUser = explorer.operation("Account", "getUser").execute().answers(200);
      assertThat(getUser.answerBody()).containsText("\"username\": \"" + name + "\"");
      Visit.screenshot(getUser.block(), "swagger-ui-answer");
    }
  }

  @Test
  void theScopesThatAUserNeedsAreTickedAndNoneThatOnlyAdministratorsHave() {
    try (Visit visit = chromium.visit()) {
      Explorer explorer = Explorer.open(visit, server);
      explorer.authorizations();

      assertEquals(
          List.of("openid", "profile", "email", "user:read", "user:write"),
          ticked(explorer.scheme(Explorer.USERS)));
      assertEquals(
          List.of("users:read", "clients:read", "resources:read", "keys:read"),
          ticked(explorer.scheme(Explorer.MACHINES)));
      assertThat(explorer.scheme(Explorer.USERS).getByText("Read your account")).isVisible();
      assertThat(explorer.scheme(Explorer.USERS).getByLabel("client_id")).hasValue("swagger-ui");
      assertThat(explorer.scheme(Explorer.MACHINES).getByLabel("client_id")).hasValue("");
    }
  }

  private static List<String> ticked(Locator scheme) {
    return scheme.locator("input[type=checkbox]:checked").all().stream()
        .map(box -> box.getAttribute("data-value"))
        .toList();
  }

  @Test
  void machineAuthorizesByClientCredentialsAndItsRequestIsShownAsCurlWithTheToken() {
    try (Visit visit = chromium.visit()) {
      Explorer explorer = Explorer.open(visit, server);
      authorizeMachine(explorer);

      Operation list = explorer.operation("Clients", "listClients").execute().answers(200);
      assertThat(list.answerBody()).containsText("\"client_id\": \"admin-machine\"");
      String curl = list.curl();
      assertTrue(curl.contains("curl -X 'GET'"), curl);
      assertTrue(curl.contains("'" + server.issuer() + "/api/clients?limit=50'"), curl);
      assertTrue(curl.contains("-H 'Authorization: Bearer eyJ"), curl);
    }
  }

  private static void authorizeMachine(Explorer explorer) {
    Locator dialog = explorer.authorizations();
    Locator machines = explorer.scheme(Explorer.MACHINES);
    machines.getByLabel("client_id").fill("admin-machine");
    machines.getByLabel("client_secret").fill("admin-machine-secret-for-development-only-0000");
    Explorer.authorize(machines);
    assertThat(machines.getByText("Logout")).isVisible();
    explorer.close(dialog);
  }

  @Test
  void bearerBoxTakesAnAccessToken() {
    TestUsers users = new TestUsers(server);
    User user = users.user();
    try (Visit visit = chromium.visit()) {
      Explorer explorer = Explorer.open(visit, server);
      explorer.enter(Explorer.BEARER, users.logIn(user).get("access_token").asText());

      Operation getUser = explorer.operation("Account", "getUser").execute().answers(200);
      assertThat(getUser.answerBody()).containsText("\"username\": \"" + user.username() + "\"");
    }
  }

  @Test
  void aDeepLinkOpensItsOperation() {
    try (Visit visit = chromium.visit()) {
      Explorer explorer = Explorer.open(visit, server, "Keys", "getSigningKeys");

      assertThat(explorer.page().locator("#operations-Keys-getSigningKeys .opblock-body"))
          .isVisible();
      assertThat(explorer.page().locator(".opblock-body")).hasCount(1);
      explorer.operation("Discovery", "getJwks");
      assertTrue(explorer.page().url().endsWith("#/Discovery/getJwks"), explorer.page().url());
    }
  }

  @Test
  void theFilterFindsOperationsByTagAndByPath() {
    try (Visit visit = chromium.visit()) {
      Explorer explorer = Explorer.open(visit, server);
      Locator operations = explorer.page().locator(".opblock");
      explorer.page().locator(".operation-filter-input").fill("Keys");
      assertThat(operations).hasCount(2);
      explorer.page().locator(".operation-filter-input").fill("/secret");
      assertThat(operations).hasCount(1);
      assertThat(operations).containsText("/api/clients/{client_id}/secret");
    }
  }

  @Test
  void theTokenEndpointIsAForm() {
    try (Visit visit = chromium.visit()) {
      Explorer explorer = Explorer.open(visit, server);
      explorer.enterClient("orders-machine", "orders-machine-secret-for-development-only-000");

      Operation token = explorer.operation("Token", "issueToken").execute().answers(200);
      assertThat(token.answerBody()).containsText("\"access_token\": \"eyJ");
      assertThat(token.answerBody()).containsText("\"scope\": \"orders:read\"");
      assertTrue(
          token.curl().contains("-d 'scope=orders%3Aread&grant_type=client_credentials'"),
          token.curl());

      token.example("refresh_token");
      assertThat(token.block().locator("tr[data-property-name=grant_type] input[type=text]"))
          .hasValue("refresh_token");
      assertThat(token.block().locator("tr[data-property-name=scope] input[type=text]"))
          .hasValue("");
      Visit.screenshot(token.block().locator(".opblock-section-request-body"), "swagger-ui-form");
    }
  }

  @Test
  void aTokenThatIsAboutToExpireIsRenewedBeforeTheRequest() {
    User user = new TestUsers(server).user();
    try (Visit visit = chromium.visit()) {
      Explorer explorer = Explorer.open(visit, server);
      authorize(explorer, user, "offline_access");
      String first = bearer(explorer.operation("Account", "getUser").execute().answers(200));
      assertEquals(first, bearer(explorer.operation("Account", "getUser").execute().answers(200)));

      letTimePass(explorer, 3595);
      String second = bearer(explorer.operation("Account", "getUser").execute().answers(200));

      assertNotEquals(first, second);
      assertThat(explorer.page().getByText("Authorize again")).hasCount(0);
    }
  }

  @Test
  void whereATokenCannotBeRenewedThePageOffersToAuthorizeAgain() {
    User user = new TestUsers(server).user();
    try (Visit visit = chromium.visit()) {
      visit.expectRefusal(401);
      Explorer explorer = Explorer.open(visit, server);
      authorize(explorer, user);
      letTimePass(explorer, 3595);

      explorer.operation("Account", "getUser").execute().answers(401);
      assertThat(explorer.page().getByRole(AriaRole.ALERT))
          .containsText("Your access token has expired.");
      Visit.screenshot(explorer.page(), "swagger-ui-authorize-again");
      Visit.press(explorer.page(), "Authorize again");
      // Logged in and with consent already, the window opens and closes by itself.
      explorer.page().waitForPopup(() -> Explorer.authorize(explorer.scheme(Explorer.USERS)));
      assertThat(explorer.scheme(Explorer.USERS).getByText("Logout")).isVisible();
      explorer.close(explorer.page().locator(".dialog-ux"));
      explorer.operation("Account", "getUser").execute().answers(200);
    }
  }

  @Test
  void aTokenThatTheServerEndedIsForgottenAndSaidSo() {
    User user = new TestUsers(server).user();
    try (Visit visit = chromium.visit()) {
      visit.expectRefusal(401);
      Explorer explorer = Explorer.open(visit, server);
      authorize(explorer, user);
      String token = bearer(explorer.operation("Account", "getUser").execute().answers(200));
      Http.body(
          200,
          new Http(server)
              .form("/oauth2/revoke", Map.of("token", token, "client_id", "swagger-ui")));

      explorer.operation("Account", "getUser").execute().answers(401);
      assertThat(explorer.page().getByText("The server no longer accepts your access token."))
          .isVisible();
      explorer.authorizations();
      assertThat(explorer.scheme(Explorer.USERS).getByText("Logout")).hasCount(0);
    }
  }

  @Test
  void aMachinesTokenIsRenewedByItsCredentials() {
    try (Visit visit = chromium.visit()) {
      Explorer explorer = Explorer.open(visit, server);
      authorizeMachine(explorer);
      String first = bearer(explorer.operation("Clients", "listClients").execute().answers(200));
      letTimePass(explorer, 3595);
      String second = bearer(explorer.operation("Clients", "listClients").execute().answers(200));
      assertNotEquals(first, second);
    }
  }

  private static void authorize(Explorer explorer, User user, String... furtherScopes) {
    Locator dialog = explorer.authorizations();
    for (String scope : furtherScopes) {
      explorer
          .scheme(Explorer.USERS)
          .locator("label[for='" + scope + "-authorizationCode-checkbox-oauth2']")
          .click();
    }
    Page popup = explorer.authorizeUser();
    Visit.logIn(popup, user.username(), TestUsers.PASSWORD);
    popup.waitForClose(() -> Visit.press(popup, "Allow"));
    assertThat(explorer.scheme(Explorer.USERS).getByText("Logout")).isVisible();
    explorer.close(dialog);
  }

  private static String bearer(Operation operation) {
    String curl = operation.curl();
    int start = curl.indexOf("Bearer ") + "Bearer ".length();
    return curl.substring(start, curl.indexOf('\'', start));
  }

  /** For the browser alone: for the server the token is as young as before. */
  private static void letTimePass(Explorer explorer, int seconds) {
    explorer
        .page()
        .evaluate(
            "seconds => { const now = Date.now; Date.now = () => now() + seconds * 1000; }",
            seconds);
  }
}
