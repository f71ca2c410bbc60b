package dev.gatewright.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.client.LoginClient;
import dev.gatewright.grant.Targets;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code /api/user} and {@code /api/user/password} over HTTP. */
class AccountTest {
  private static TestServer server;
  private static TestUsers testUsers;
  private static Http http;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    testUsers = new TestUsers(server);
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void userReadsItsAccount() {
    User user = testUsers.user();
    HttpResponse<String> response = http.get("/api/user", "Authorization", testUsers.bearer(user));
    JsonNode account = Http.body(200, response);

    assertEquals(user.id().toString(), account.get("id").asText());
    assertEquals(user.username(), account.get("username").asText());
    assertEquals("user", account.get("role").asText());
    assertEquals("\"1\"", Http.header(response, "ETag"));
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    assertFalse(response.body().contains("argon2"), response.body());
    assertFalse(account.has("password"), response.body());
  }

  @Test
  void withoutTokenThereIsAChallengeWithoutErrorCode() {
    HttpResponse<String> response = http.get("/api/user");

    Http.body(401, response);
    assertEquals(
        "Bearer realm=\"gatewright\", resource_metadata=\""
            + server.issuer()
            + "/.well-known/oauth-protected-resource\"",
        Http.header(response, "WWW-Authenticate"));
  }

  @Test
  void clientThatActsForItselfHasNoAccount() {
    Client client = server.bean(Clients.class).find(LoginClient.CLIENT_ID).orElseThrow();
    Scopes scopes = Scopes.parse("user:read user:write");
    String token =
        server
            .bean(TokenIssuer.class)
            .forClient(client, server.bean(Targets.class).resolve(client, scopes, List.of()))
            .accessToken();

    JsonNode problem = Http.body(403, http.get("/api/user", "Authorization", "Bearer " + token));
    assertEquals("urn:gatewright:problem:insufficient-scope", problem.get("type").asText());
  }

  @Test
  void patchChangesWhatItHasClearsWhatIsNullAndLeavesTheRest() {
    User user = testUsers.user();
    String bearer = testUsers.bearer(user);
    HttpResponse<String> response =
        http.json(
            "PATCH",
            "/api/user",
            "{\"name\":\"Countess\",\"given_name\":null}",
            "Authorization",
            bearer);
    JsonNode account = Http.body(200, response);

    assertEquals("Countess", account.get("name").asText());
    assertFalse(account.has("given_name"), response.body());
    assertEquals("Lovelace", account.get("family_name").asText());
    assertEquals(user.email(), account.get("email").asText());
    assertEquals("\"2\"", Http.header(response, "ETag"));
    assertEquals(account, Http.body(200, http.get("/api/user", "Authorization", bearer)));
  }

  @Test
  void patchOfAnOvertakenVersionIsRefused() {
    User user = testUsers.user();
    String bearer = testUsers.bearer(user);
    Http.body(200, patch(bearer, "{\"name\":\"First\"}", "If-Match", "\"1\""));

    JsonNode problem = Http.body(412, patch(bearer, "{\"name\":\"Second\"}", "If-Match", "\"1\""));
    assertEquals("urn:gatewright:problem:precondition-failed", problem.get("type").asText());
    assertEquals(
        "First",
        Http.body(200, http.get("/api/user", "Authorization", bearer)).get("name").asText());
  }

  @Test
  void userNameCannotBeClearedAndWhatIsRefusedIsNamed() {
    String bearer = testUsers.bearer(testUsers.user());

    assertEquals("username", errorField(400, patch(bearer, "{\"username\":null}")));
    assertEquals("username", errorField(400, patch(bearer, "{\"username\":\"a@b\"}")));
    assertEquals("email", errorField(400, patch(bearer, "{\"email\":\"nowhere\"}")));
    assertEquals("name", errorField(400, patch(bearer, "{\"name\":\"a\\u0000b\"}")));
    assertEquals("name", errorField(400, patch(bearer, "{\"name\":\"a\\ud800b\"}")));
    assertEquals("name", errorField(400, patch(bearer, "{\"name\":\"" + "x".repeat(201) + "\"}")));
  }

  @Test
  void takenUserNameAndEmailAreConflicts() {
    User other = testUsers.user();
    String bearer = testUsers.bearer(testUsers.user());

    assertEquals(
        "username", errorField(409, patch(bearer, "{\"username\":\"" + other.username() + "\"}")));
    assertEquals("email", errorField(409, patch(bearer, "{\"email\":\"" + other.email() + "\"}")));
  }

  @Test
  void patchMustBeAMergePatch() {
    String bearer = testUsers.bearer(testUsers.user());

    HttpResponse<String> response =
        http.send(
            "PATCH",
            "/api/user",
            "{}",
            "Authorization",
            bearer,
            "Content-Type",
            "application/json");
    Http.body(415, response);
  }

  @Test
  void newPasswordEndsOtherTokensRefreshTokensAndSessions() {
    User user = testUsers.user();
    JsonNode here = testUsers.logIn(user);
    JsonNode elsewhere = testUsers.logIn(user);
    Http browser = new Http(server);
    browser.form(
        "/login",
        Map.of(
            "csrf_token",
            browser.csrf("/login"),
            "login",
            user.username(),
            "password",
            TestUsers.PASSWORD));
    assertEquals(200, browser.get("/account").statusCode());

    HttpResponse<String> response =
        http.json(
            "PUT",
            "/api/user/password",
            "{\"current_password\":\"%s\",\"new_password\":\"another fine password\"}"
                .formatted(TestUsers.PASSWORD),
            "Authorization",
            bearer(here));

    assertEquals(204, response.statusCode(), response.body());
    Http.body(200, http.get("/api/user", "Authorization", bearer(here)));
    Http.body(401, http.get("/api/user", "Authorization", bearer(elsewhere)));
    assertEquals("invalid_grant", refresh(here).get("error").asText());
    assertEquals("invalid_grant", refresh(elsewhere).get("error").asText());
    assertEquals(303, browser.get("/account").statusCode());
    Http.body(401, logIn(user, TestUsers.PASSWORD));
    Http.body(200, logIn(user, "another fine password"));
  }

  @Test
  void newPasswordNeedsTheCurrentOneAndMustBeAcceptable() {
    User user = testUsers.user();
    String bearer = testUsers.bearer(user);

    assertEquals(
        "current_password", errorField(400, change(bearer, "wrong", "another fine password")));
    assertEquals(
        "new_password", errorField(400, change(bearer, TestUsers.PASSWORD, "password123")));
    assertEquals(
        "new_password", errorField(400, change(bearer, TestUsers.PASSWORD, user.username())));
    assertEquals(
        "new_password", errorField(400, change(bearer, TestUsers.PASSWORD, "nul nul nul\\u0000")));
    assertEquals(
        "new_password", errorField(400, change(bearer, TestUsers.PASSWORD, "half a pair\\ud83d")));
    assertEquals("new_password", errorField(400, change(bearer, TestUsers.PASSWORD, "short")));
    Http.body(200, logIn(user, TestUsers.PASSWORD));
  }

  @Test
  void deletedAccountIsGoneWithEverythingItHad() {
    User user = testUsers.user();
    JsonNode tokens = testUsers.logIn(user);

    assertEquals(
        412,
        http.send("DELETE", "/api/user", "", "Authorization", bearer(tokens), "If-Match", "\"7\"")
            .statusCode());
    HttpResponse<String> response =
        http.send("DELETE", "/api/user", "", "Authorization", bearer(tokens));

    assertEquals(204, response.statusCode(), response.body());
    Http.body(401, http.get("/api/user", "Authorization", bearer(tokens)));
    assertEquals("invalid_grant", refresh(tokens).get("error").asText());
    Http.body(401, logIn(user, TestUsers.PASSWORD));
    assertTrue(server.bean(Users.class).find(user.id()).isEmpty());
  }

  private static HttpResponse<String> patch(String bearer, String body, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = bearer;
    return http.json("PATCH", "/api/user", body, all);
  }

  private static HttpResponse<String> change(String bearer, String current, String fresh) {
    String body = "{\"current_password\":\"%s\",\"new_password\":\"%s\"}".formatted(current, fresh);
    return http.json("PUT", "/api/user/password", body, "Authorization", bearer);
  }

  private static HttpResponse<String> logIn(User user, String password) {
    String body = "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(user.username(), password);
    return http.json("POST", "/api/login", body);
  }

  private static JsonNode refresh(JsonNode tokens) {
    Map<String, String> form =
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            LoginClient.CLIENT_ID,
            "refresh_token",
            tokens.get("refresh_token").asText());
    return Http.body(400, http.form("/oauth2/token", form));
  }

  private static String bearer(JsonNode tokens) {
    return "Bearer " + tokens.get("access_token").asText();
  }

  private static String errorField(int status, HttpResponse<String> response) {
    JsonNode problem = Http.body(status, response);
    assertTrue(problem.has("errors"), response.body());
    return problem.get("errors").get(0).get("field").asText();
  }
}
