package dev.gatewright.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.e2e.Explorer.Operation;
import dev.gatewright.user.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of the contract works in Swagger UI at the first press of "Execute": an
 * administrator has authorized once, what is prefilled stays as it is, and only what nobody could
 * know beforehand is typed in, an id or a token.
 */
class SwaggerUiOperationsTest {
  private static final String ORDERS_MACHINE = "orders-machine-secret-for-development-only-000";
  private static final String ARTICLE_CLIENT = "article-client-secret-for-development-only-000";

  /** In this order, after all others: each takes something away. */
  private static final List<String> LAST =
      List.of("endSession", "endSessionsOfUser", "changePassword", "deleteUser");

  private static final String CLIENT =
      "{\"client_name\":\"Reports\",\"redirect_uris\":[\"https://reports.example/callback\"],\"scope\":\"openid\"}";

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private static Chromium chromium;
  private static TestServer server;
  private static Visit visit;
  private static Explorer explorer;
  private static Http api;
  private static User administrator;
  private static String bearer;
  private static @Nullable JsonNode registered;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    server =
        TestServer.start(
            Map.of(
                "gatewright.bootstrap-file",
                "classpath:bootstrap-dev.yml",
                "gatewright.registration.mode",
                "token"));
    api = new Http(server);
    TestUsers users = new TestUsers(server);
    administrator = users.administrator();
    bearer = users.bearer(administrator);
    visit = chromium.visit();
    explorer = Explorer.open(visit, server);
    authorizeAdministrator();
  }

  @AfterAll
  static void stop() {
    try {
      if (visit != null) {
        visit.close();
      }
    } finally {
      if (server != null) {
        server.close();
      }
      if (chromium != null) {
        chromium.close();
      }
    }
  }

  private static void authorizeAdministrator() {
    Locator dialog = explorer.authorizations();
    Locator users = explorer.scheme(Explorer.USERS);
    users.getByText("select all").click();
    Page popup = explorer.authorizeUser();
    Visit.logIn(popup, administrator.username(), TestUsers.PASSWORD);
    popup.waitForClose(() -> Visit.press(popup, "Allow"));
    assertThat(users.getByText("Logout")).isVisible();
    explorer.close(dialog);
  }

  @TestFactory
  Stream<DynamicTest> everyOperationIsAnsweredAtTheFirstTry() {
    List<Stated> operations = new ArrayList<>();
    Http.body(200, api.get("/openapi.json"))
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method -> operations.add(new Stated(method.getValue()))));
    assertTrue(operations.size() > 40, "operations: " + operations.size());
    operations.sort(Comparator.comparingInt(Stated::turn));
    return operations.stream()
        .map(operation -> dynamicTest(operation.id(), () -> tryOut(operation)));
  }

  private static void tryOut(Stated operation) {
    authorizeWhatItNeeds(operation.id());
    Operation shown = explorer.operation(operation.tag(), operation.id());
    fillIn(operation.id(), shown);
    shown.execute();
    assertTrue(
        operation.successes().contains(shown.status()), () -> shown.status() + " is no success");
    assertTrue(
        !operation.needsAccessToken() || shown.curl().contains("-H 'Authorization: Bearer eyJ"),
        shown.curl());
    shown.close();
  }

  /** Besides the administrator, who is authorized for everything. */
  private static void authorizeWhatItNeeds(String operationId) {
    switch (operationId) {
      case "issueToken" -> explorer.enterClient("orders-machine", ORDERS_MACHINE);
      case "introspectToken", "revokeToken" ->
          explorer.enterClient("article-client", ARTICLE_CLIENT);
      case "registerClient" -> explorer.enter(Explorer.REGISTRATION_TOKEN, initialAccessToken());
      case "readRegistration", "updateRegistration", "deleteRegistration" ->
          explorer.enter(
              Explorer.REGISTRATION_TOKEN, registered().get("registration_access_token").asText());
      case "authorizeDevice" -> explorer.forget(Explorer.CLIENT);
      default -> {
        // The administrator's token, or nothing at all.
      }
    }
  }

  /** What nobody can know beforehand. */
  private static void fillIn(String operationId, Operation shown) {
    switch (operationId) {
      case "introspectToken" -> shown.field("token", bearer.substring("Bearer ".length()));
      case "revokeToken" -> shown.example("confidential");
      case "readRegistration", "deleteRegistration" ->
          shown.parameter("client_id", registered().get("client_id").asText());
      case "updateRegistration" -> {
        String id = registered().get("client_id").asText();
        shown.parameter("client_id", id);
        shown.body(
            "{\"client_id\":\"%s\",\"redirect_uris\":[\"https://reports.example/\"]}"
                .formatted(id));
      }
      case "endSessionsOfUser" ->
          shown.parameter("user_id", new TestUsers(server).user().id().toString());
      case "endSession" -> shown.parameter("sid", anotherSession());
      case "getClient", "updateClient", "deleteClient", "rotateClientSecret" ->
          shown.parameter("client_id", created("clients", CLIENT, "client_id"));
      case "getResource", "updateResource", "deleteResource" ->
          shown.parameter("resource_id", created("resources", resource(), "id"));
      case "deleteRegistrationToken" ->
          shown.parameter("token_id", created("registration-tokens", "{\"name\":\"x\"}", "id"));
      case "changePassword" ->
          shown.body(
              "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
                  .formatted(TestUsers.PASSWORD, "another fine password"));
      default -> {
        // What is there by itself is good.
      }
    }
  }

  private static String initialAccessToken() {
    return Http.body(
            201,
            api.json(
                "POST", "/api/registration-tokens", "{\"name\":\"x\"}", "Authorization", bearer))
        .get("token")
        .asText();
  }

  private static JsonNode registered() {
    if (registered == null) {
      registered =
          Http.body(
              201,
              api.json(
                  "POST",
                  "/oauth2/register",
                  CLIENT,
                  "Authorization",
                  "Bearer " + initialAccessToken()));
    }
    return registered;
  }

  private static String created(String collection, String body, String id) {
    return Http.body(201, api.json("POST", "/api/" + collection, body, "Authorization", bearer))
        .get(id)
        .asText();
  }

  private static String resource() {
    String name = TestUsers.freshName();
    return "{\"identifier\":\"https://%s.example\",\"name\":\"x\",\"scopes\":[{\"scope\":\"%s\",\"description\":\"x\"}]}"
        .formatted(name, name);
  }

  /** The administrator's, in another browser. */
  private static String anotherSession() {
    try (Visit elsewhere = chromium.visit()) {
      elsewhere.page().navigate(server.issuer() + "/login");
      Visit.logIn(elsewhere.page(), administrator.username(), TestUsers.PASSWORD);
      assertThat(elsewhere.page().getByText("Logged in as")).isVisible();
    }
    JsonNode sessions =
        Http.body(200, api.get("/api/user/sessions", "Authorization", bearer)).get("items");
    return sessions.get(0).get("id").asText();
  }

  /** An operation as the contract states it. */
  private record Stated(JsonNode body) {
    private static final Set<String> PAGES =
        Set.of("authorize", "authorizeByPost", "logOut", "logOutByPost");

    String id() {
      return body.get("operationId").asText();
    }

    String tag() {
      return body.get("tags").get(0).asText();
    }

    /** 200 where the browser follows a redirect to a page. */
    List<String> successes() {
      return PAGES.contains(id())
          ? List.of("200")
          : body.get("responses").properties().stream()
              .map(Map.Entry::getKey)
              .filter(status -> status.startsWith("2"))
              .toList();
    }

    boolean needsAccessToken() {
      return body.get("security").findValue("oauth2") != null;
    }

    /** A user is there before its login; what takes something away comes after all others. */
    int turn() {
      return id().equals("signUp") ? -2 : LAST.indexOf(id());
    }
  }
}
