package dev.gatewright.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/users} and the sign-up page over HTTP. */
class SignUpTest {
  private static TestServer server;
  private static Http http;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void newAccountIsShownWithoutItsPassword() {
    String name = TestUsers.freshName();
    HttpResponse<String> response = signUp(name, TestUsers.PASSWORD);
    JsonNode account = Http.body(201, response);

    assertEquals(name, account.get("username").asText());
    assertFalse(account.get("email_verified").asBoolean());
    assertEquals("/api/user", Http.header(response, "Location"));
    assertEquals("\"1\"", Http.header(response, "ETag"));
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    assertFalse(response.body().contains(TestUsers.PASSWORD), response.body());
  }

  @Test
  void takenNameIsAConflictThatNamesTheField() {
    String name = TestUsers.freshName();
    Http.body(201, signUp(name, TestUsers.PASSWORD));
    HttpResponse<String> response = signUp(name, TestUsers.PASSWORD);
    JsonNode problem = Http.body(409, response);

    assertTrue(
        Http.header(response, "Content-Type").startsWith("application/problem+json"),
        response.toString());
    assertEquals("urn:gatewright:problem:conflict", problem.get("type").asText());
    assertEquals("username", problem.get("errors").get(0).get("field").asText());
    assertTrue(problem.get("instance").asText().startsWith("urn:uuid:"), response.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "\"text\"",
        "{}",
        "{\"username\":\"ada2\"}",
        "{\"username\":{\"a\":1},\"password\":\"a fine long password\"}",
        "{\"username\":\"a@b\",\"password\":\"a fine long password\"}",
        "{\"username\":\"\\u0430da\",\"password\":\"a fine long password\"}",
        "{\"username\":\"a\\u0000b\",\"password\":\"a fine long password\"}",
        "{\"username\":\"a\\ud800b\",\"password\":\"a fine long password\"}",
        "{\"username\":\"ada3\",\"password\":\"a fine\\u0000long password\"}",
        "{\"username\":\"ada3\",\"password\":\"a fine\\udfffong password\"}",
        "{\"username\":\"ada3\",\"password\":\"short\"}",
        "{\"username\":\"ada3\",\"password\":\"PassWord1\"}",
        "{\"username\":\"ada-lovelace\",\"password\":\"Ada-Lovelace\"}",
        "{\"username\":\"ada3\",\"password\":\"a fine long password\",\"email\":\"\"}",
        "{\"username\":\"ada3\",\"password\":\"a fine long"
            + " password\",\"email\":\"a@b@example.org\"}",
        "{\"username\":\"ada3\",\"password\":\"a fine long password\",\"name\":\"\\u202eada\"}"
      })
  void unacceptableBodyIsA400(String body) {
    HttpResponse<String> response = http.json("POST", "/api/users", body);

    assertEquals(400, response.statusCode(), response.body());
    assertTrue(
        Http.header(response, "Content-Type").startsWith("application/problem+json"),
        response.toString());
  }

  @Test
  void whatTheContractForbidsIsNamedByField() {
    HttpResponse<String> response =
        http.json(
            "POST",
            "/api/users",
            "{\"username\":\"ada\",\"given_name\":\"" + "x".repeat(101) + "\"}");
    List<String> fields = new ArrayList<>();
    Http.body(400, response)
        .get("errors")
        .forEach(error -> fields.add(error.get("field").asText()));

    assertEquals(List.of("given_name", "password"), fields, response.body());
  }

  @Test
  void bodyMustBeJsonAndOfReasonableSize() {
    assertEquals(
        415,
        http.form("/api/users", Map.of("username", "ada4", "password", TestUsers.PASSWORD))
            .statusCode());
    assertEquals(413, signUp("x".repeat(300_000), TestUsers.PASSWORD).statusCode());
  }

  @Test
  void longPasswordsOfAnyScriptAreWelcome() {
    String name = TestUsers.freshName();
    String password = "пароль 密码 \uD83D\uDE00 ".repeat(8);
    Http.body(201, signUp(name, password));

    String login = "{\"login\":\"%s\",\"password\":\"%s\"}";
    Http.body(200, http.json("POST", "/api/login", login.formatted(name, password)));
    Http.body(401, http.json("POST", "/api/login", login.formatted(name, password + "!")));
  }

  @Test
  void administratorsListUsersPageByPage() {
    TestUsers testUsers = new TestUsers(server);
    User administrator = testUsers.administrator();
    for (int i = 0; i < 5; i++) {
      testUsers.user();
    }
    String bearer = testUsers.bearer(administrator);
    List<String> ids = new ArrayList<>();
    String path = "/api/users?limit=2";
    while (!path.isEmpty()) {
      JsonNode page = Http.body(200, http.get(path, "Authorization", bearer));
      assertTrue(page.get("items").size() <= 2, page.toString());
      page.get("items").forEach(user -> ids.add(user.get("id").asText()));
      path =
          page.has("next_cursor")
              ? "/api/users?limit=2&cursor=" + page.get("next_cursor").asText()
              : "";
    }

    assertEquals(ids.stream().sorted().distinct().toList(), ids);
    assertTrue(ids.contains(administrator.id().toString()), ids.toString());
    assertTrue(ids.size() >= 6, ids.toString());
  }

  @Test
  void listIsForAdministratorsAndItsParametersAreChecked() {
    TestUsers testUsers = new TestUsers(server);
    String administrator = testUsers.bearer(testUsers.administrator());

    HttpResponse<String> refused =
        http.get("/api/users", "Authorization", testUsers.bearer(testUsers.user()));
    Http.body(403, refused);
    assertTrue(
        Http.header(refused, "WWW-Authenticate").contains("scope=\"users:read\""),
        refused.toString());
    for (String query :
        List.of("limit=0", "limit=201", "limit=many", "cursor=nonsense", "cursor=")) {
      Http.body(400, http.get("/api/users?" + query, "Authorization", administrator));
    }
  }

  @Test
  void pageSignsUpLogsInAndGoesOn() {
    Http browser = new Http(server);
    String name = TestUsers.freshName();
    HttpResponse<String> response =
        browser.form(
            "/sign-up",
            Map.of(
                "csrf_token",
                browser.csrf("/sign-up"),
                "username",
                name,
                "email",
                "",
                "password",
                TestUsers.PASSWORD,
                "client_id",
                "some-client",
                "request_uri",
                "urn:ietf:params:oauth:request_uri:x y"));

    assertEquals(303, response.statusCode(), response.body());
    assertEquals(
        "/oauth2/auth?client_id=some-client&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3Ax+y",
        Http.header(response, "Location"));
    assertTrue(browser.get("/account").body().contains(name));
  }

  @Test
  void pageSaysWhatIsWrongAndKeepsAllButThePassword() {
    Http browser = new Http(server);
    HttpResponse<String> response =
        browser.form(
            "/sign-up",
            Map.of(
                "csrf_token", browser.csrf("/sign-up"),
                "username", "<b>x</b>",
                "email", "me@example.org",
                "password", "sesame!"));

    assertEquals(400, response.statusCode());
    assertTrue(
        response.body().contains("The password must have at least 8 characters."), response.body());
    assertTrue(response.body().contains("me@example.org"), response.body());
    assertFalse(response.body().contains("<b>x</b>"), response.body());
    assertFalse(response.body().contains("sesame!"), response.body());
    assertEquals("", browser.cookie("gatewright_session"));
  }

  @Test
  void pageRefusesAFormOfAnotherBrowserOrOrigin() {
    Http attacker = new Http(server);
    String stolen = attacker.csrf("/sign-up");
    Http victim = new Http(server);
    String own = victim.csrf("/sign-up");
    Map<String, String> form =
        Map.of("username", TestUsers.freshName(), "email", "", "password", TestUsers.PASSWORD);

    assertEquals(403, victim.form("/sign-up", form).statusCode());
    assertEquals(403, victim.form("/sign-up", withToken(form, stolen)).statusCode());
    assertEquals(
        403,
        victim
            .form("/sign-up", withToken(form, own), "Origin", "https://evil.example")
            .statusCode());
    assertEquals("", victim.cookie("gatewright_session"));
    assertEquals(
        303, victim.form("/sign-up", withToken(form, own), "Origin", server.issuer()).statusCode());
    assertNotEquals("", victim.cookie("gatewright_session"));
  }

  @Test
  void closedSignUpIsARefusalInBothForms() {
    try (TestServer closed = TestServer.start(Map.of("gatewright.sign-up.enabled", false))) {
      Http caller = new Http(closed);
      JsonNode problem =
          Http.body(
              403,
              caller.json(
                  "POST",
                  "/api/users",
                  "{\"username\":\"ada\",\"password\":\"a fine long password\"}"));
      assertEquals("urn:gatewright:problem:sign-up-closed", problem.get("type").asText());

      HttpResponse<String> page = caller.get("/sign-up");
      assertEquals(403, page.statusCode());
      assertFalse(page.body().contains("<form"), page.body());
      assertEquals(403, caller.form("/sign-up", Map.of("username", "ada")).statusCode());
      assertFalse(caller.get("/login").body().contains("/sign-up"));
    }
  }

  private static Map<String, String> withToken(Map<String, String> form, String token) {
    Map<String, String> all = new HashMap<>(form);
    all.put("csrf_token", token);
    return all;
  }

  private static HttpResponse<String> signUp(String name, String password) {
    return http.json(
        "POST",
        "/api/users",
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
  }
}
