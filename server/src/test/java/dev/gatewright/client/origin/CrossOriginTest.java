package dev.gatewright.client.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts of other origins may read (Fetch Standard, "CORS protocol"). */
class CrossOriginTest {
  private static final String REGISTERED = "https://app.example";
  private static final String OTHER = "https://evil.example";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private static TestServer server;
  private static TestClient client;
  private static Http http;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    http = new Http(server);
    client =
        ClientBuilder.web(server)
            .authMethod("none")
            .redirectUris(REGISTERED + "/callback", "http://localhost:3000/callback")
            .register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/oauth2/token, POST, POST",
    "/oauth2/revoke, POST, POST",
    "/oauth2/userinfo, GET, 'GET, HEAD, POST'",
    "/.well-known/openid-configuration, GET, 'GET, HEAD'",
    "/.well-known/oauth-authorization-server, GET, 'GET, HEAD'",
    "/.well-known/jwks.json, GET, 'GET, HEAD'"
  })
  void preflightOfARegisteredOriginSaysWhatItMaySend(String path, String method, String methods) {
    for (String origin : List.of(REGISTERED, "http://localhost:3000")) {
      HttpResponse<String> answer = preflight(path, method, origin);

      assertEquals(204, answer.statusCode(), answer.body());
      assertEquals(origin, Http.header(answer, ALLOW_ORIGIN));
      assertEquals(methods, Http.header(answer, "Access-Control-Allow-Methods"));
      assertEquals(
          "Authorization, Content-Type", Http.header(answer, "Access-Control-Allow-Headers"));
      assertEquals("600", Http.header(answer, "Access-Control-Max-Age"));
      assertVariesWithoutCredentials(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OTHER,
        "null",
        "https://app.example.evil.example",
        "https://evilapp.example",
        "http://app.example",
        "https://app.example:8443",
        "https://APP.example",
        "https://app.example/",
        "https://app.example/callback",
        "http://localhost",
        "http://localhost:3001",
        "http://127.0.0.1:3000",
        "https://app.example%60.evil.example",
        "' or '1'='1",
        "*"
      })
  void otherOriginsReadNothing(String origin) {
    HttpResponse<String> preflight = preflight("/oauth2/token", "POST", origin);
    assertEquals("access_denied", Http.body(403, preflight).get("error").asText());
    assertUnreadable(preflight);
    assertVariesWithoutCredentials(preflight);

    HttpResponse<String> plain = http.get("/.well-known/openid-configuration", "Origin", origin);
    assertEquals(200, plain.statusCode());
    assertUnreadable(plain);
    assertVariesWithoutCredentials(plain);
  }

  @Test
  void longOriginAndTwoOriginsReadNothing() {
    String path = "/.well-known/openid-configuration";
    String tooLong = "https://" + "a.".repeat(4000) + "example";
    RawHttp.Reply longOne = RawHttp.get(server, path, "Origin: " + tooLong);
    RawHttp.Reply two = RawHttp.get(server, path, "Origin: " + REGISTERED, "Origin: " + OTHER);

    for (RawHttp.Reply reply : List.of(longOne, two)) {
      assertEquals(200, reply.status(), reply.text());
      assertEquals("", reply.header(ALLOW_ORIGIN), reply.text());
    }
  }

  @Test
  void pageGetsTokensUsesAndRevokesThem() {
    User user = new TestUsers(server).user();
    HttpResponse<String> tokens = redeem(client.flow().code(user), REGISTERED);
    String accessToken = Http.body(200, tokens).get("access_token").asText();
    HttpResponse<String> claims =
        http.get(
            "/oauth2/userinfo", "Origin", REGISTERED, "Authorization", "Bearer " + accessToken);
    HttpResponse<String> revoked =
        http.form(
            "/oauth2/revoke",
            Map.of("client_id", client.clientId(), "token", accessToken),
            "Origin",
            REGISTERED);

    assertEquals(user.id().toString(), Http.body(200, claims).get("sub").asText());
    assertEquals(200, revoked.statusCode());
    for (HttpResponse<String> answer : List.of(tokens, claims, revoked)) {
      assertReadable(answer);
    }
  }

  /** Else a page could not tell {@code invalid_grant} from a network that is down. */
  @Test
  void errorsCanBeReadToo() {
    HttpResponse<String> grant = redeem("no-code", REGISTERED);
    assertEquals("invalid_grant", Http.body(400, grant).get("error").asText());
    HttpResponse<String> unknown =
        http.form(
            "/oauth2/token",
            Map.of("client_id", "nobody", "grant_type", "refresh_token"),
            "Origin",
            REGISTERED);
    assertEquals("invalid_client", Http.body(401, unknown).get("error").asText());
    HttpResponse<String> repeated =
        http.send(
            "POST",
            "/oauth2/token",
            "grant_type=a&grant_type=b",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Origin",
            REGISTERED);
    assertEquals(400, repeated.statusCode());
    HttpResponse<String> json = http.json("POST", "/oauth2/token", "{}", "Origin", REGISTERED);
    assertEquals(415, json.statusCode());
    HttpResponse<String> tooLarge =
        http.form("/oauth2/token", Map.of("code", "x".repeat(300_000)), "Origin", REGISTERED);
    assertEquals(413, tooLarge.statusCode());
    HttpResponse<String> bearer =
        http.get("/oauth2/userinfo", "Origin", REGISTERED, "Authorization", "Bearer garbage");
    assertEquals(401, bearer.statusCode());
    HttpResponse<String> none = http.get("/oauth2/userinfo", "Origin", REGISTERED);
    assertEquals(401, none.statusCode());

    for (HttpResponse<String> answer :
        List.of(grant, unknown, repeated, json, tooLarge, bearer, none)) {
      assertReadable(answer);
      assertTrue(Http.header(answer, "Access-Control-Expose-Headers").contains("WWW-Authenticate"));
    }
  }

  /** An answer that a cache keeps must say that it would be another for another origin. */
  @Test
  void answersVaryEvenWithoutAnOrigin() {
    for (String path :
        List.of(
            "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server",
            "/.well-known/jwks.json",
            "/oauth2/userinfo",
            "/oauth2/token",
            "/oauth2/revoke")) {
      HttpResponse<String> answer = http.get(path);
      assertUnreadable(answer);
      assertVariesWithoutCredentials(answer);
    }
  }

  /** Pages are for this origin alone, the API and introspection are for programs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/login",
        "/consent",
        "/account",
        "/logout",
        "/sign-up",
        "/oauth2/auth",
        "/oauth2/introspect",
        "/oauth2/device_authorization",
        "/oauth2/register",
        "/device",
        "/api/login",
        "/api/user",
        "/api/users",
        "/api/clients",
        "/openapi.json",
        "/swagger-ui/",
        "/health",
        "/nothing-here"
      })
  void everythingElseIsClosedEvenToRegisteredOrigins(String path) {
    for (String method : List.of("GET", "POST")) {
      HttpResponse<String> preflight = preflight(path, method, REGISTERED);
      assertTrue(preflight.statusCode() >= 400, preflight.toString());
      assertUnreadable(preflight);
      assertUnreadable(http.send(method, path, "", "Origin", REGISTERED));
    }
  }

  @Test
  void optionsWithoutAPreflightIsNoOperation() {
    HttpResponse<String> options = http.send("OPTIONS", "/oauth2/token", "");
    assertEquals(405, options.statusCode(), options.body());
    assertEquals("POST", Http.header(options, "Allow"));
  }

  private static HttpResponse<String> preflight(String path, String method, String origin) {
    return http.send(
        "OPTIONS",
        path,
        "",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        method,
        "Access-Control-Request-Headers",
        "authorization");
  }

  private static HttpResponse<String> redeem(String code, String origin) {
    Map<String, String> form = client.flow().redemption(code);
    form.put("client_id", client.clientId());
    return http.form("/oauth2/token", form, "Origin", origin);
  }

  private static void assertReadable(HttpResponse<String> answer) {
    assertEquals(List.of(REGISTERED), answer.headers().allValues(ALLOW_ORIGIN), answer.body());
    assertVariesWithoutCredentials(answer);
  }

  private static void assertUnreadable(HttpResponse<String> answer) {
    assertEquals(
        List.of(),
        answer.headers().map().keySet().stream()
            .filter(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"))
            .toList(),
        answer.toString());
  }

  private static void assertVariesWithoutCredentials(HttpResponse<String> answer) {
    Set<String> varies = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    answer
        .headers()
        .allValues("Vary")
        .forEach(value -> varies.addAll(Arrays.asList(value.split(" *, *", -1))));
    assertTrue(varies.contains("Origin"), answer + " varies by " + varies);
    assertNotEquals("true", Http.header(answer, "Access-Control-Allow-Credentials"));
    assertEquals("", Http.header(answer, "Access-Control-Allow-Credentials"));
  }
}
