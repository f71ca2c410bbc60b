package dev.gatewright.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Redirect URIs at the authorization endpoint: compared character by character, and an unproven one
 * gets a page, never a redirect (RFC 6749 §4.1.2.1, RFC 9700 §2.1, §4.1). The browser is logged in
 * and the client needs no consent, so that a mistake would hand out a code.
 */
class RedirectUriTest {
  private static final String CALLBACK = "http://127.0.0.1:8765/callback";

  private static TestServer server;
  private static TestClient client;
  private static User user;
  private static Browser loggedIn;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).user();
    client = ClientBuilder.web(server).redirectUris(CALLBACK).register();
    loggedIn = new Browser(server).logIn(user);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void registeredOneGetsTheCode() {
    assertTrue(Answer.of(client.flow().send(loggedIn)).location().startsWith(CALLBACK + "?code="));
  }

  /** RFC 9700 §2.1, §4.1: exact string comparison. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/callback",
        "http://127.0.0.1:8765/callback/../evil",
        "http://127.0.0.1:8765/callback/%2e%2e/evil",
        "http://127.0.0.1:8765@evil.example/callback",
        "http://user@127.0.0.1:8765/callback",
        "http://127.0.0.1:8765/callback#x",
        "http://127.0.0.1:8765/callback#",
        "http://127.0.0.1:8765/callback?x=1",
        "http://127.0.0.1:8765/callback?",
        "http://127.0.0.1:8765/callback/extra",
        "http://127.0.0.1:8765.evil.example/callback",
        "https://127.0.0.1:8765/callback",
        "http://127.0.0.1:8765/callback/",
        "http://127.0.0.1:8765/callback%0d%0aSet-Cookie:x=1",
        "http://127.0.0.1:8765/callback\r\nSet-Cookie: x=1",
        "http://evil.example\\@127.0.0.1:8765/callback",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://127.0.0.1:8765/callback\0",
        "http://127.0.0.1:8765/callback%00",
        "http://127.0.0.1:8765/*",
        "*",
        "//evil.example/callback",
        " http://127.0.0.1:8765/callback",
        "\thttp://127.0.0.1:8765/callback",
        "http://127.0.0.1:8765/callback ",
        "/callback",
        "callback",
        "http://127.0.0.1:8765/callback;x",
        "http://127.0.0.1:8765//callback",
        "http://127.0.0.1:8765/Callback",
        "HTTP://127.0.0.1:8765/callback",
        "http://127.0.0.1:08765/callback",
        "http://127.0.0.1/callback",
        "http://127.1:8765/callback",
        "http://2130706433:8765/callback",
        "http://localhost:8765/callback",
        "http://[::ffff:127.0.0.1]:8765/callback",
        "http://127.0.0.1:8765/c%61llback",
        "http://127.0.0.1:8765/callback http://evil.example/callback",
        "http://127.0.0.1:8765/callback,http://evil.example/callback",
        "http://①27.0.0.1:8765/callback",
        "file:///etc/passwd",
        "urn:ietf:wg:oauth:2.0:oob",
      })
  void anyOtherGetsAPageAndNoRedirect(String redirectUri) {
    assertPageOnly(client.flow().with("redirect_uri", redirectUri).send(loggedIn));
    assertPageOnly(client.flow().with("redirect_uri", redirectUri).send(new Browser(server)));
  }

  /** An error of the request does not loosen the rule (RFC 6749 §4.1.2.1). */
  @Test
  void errorsAreNotSentToAnUnprovenRedirectUriEither() {
    CodeFlow flow =
        client.flow().with("redirect_uri", "http://evil.example/").with("response_type", "token");

    assertPageOnly(flow.send(loggedIn));
    assertPageOnly(flow.with("prompt", "none").send(new Browser(server)));
  }

  /** RFC 6749 §3.1: no parameter twice; and the answer must not go to either. */
  @Test
  void repeatedOneGetsAPage() {
    assertPageOnly(client.flow().andAlso("redirect_uri", "http://evil.example/").send(loggedIn));
    assertPageOnly(client.flow().andAlso("redirect_uri", CALLBACK).send(loggedIn));
  }

  /** RFC 8252 §7.3: the rule of any port is for native clients. */
  @Test
  void portMayNotVaryForAWebClient() {
    assertPageOnly(
        client.flow().with("redirect_uri", "http://127.0.0.1:9999/callback").send(loggedIn));
  }

  /**
   * RFC 8252 §7.3, §8.3: any port of a loopback IP literal, and nothing else of it; localhost is no
   * literal.
   */
  @Test
  void portOfALoopbackLiteralMayVaryForANativeClient() {
    TestClient app =
        ClientBuilder.nativeApp(server)
            .redirectUris(
                "http://127.0.0.1/callback", "http://[::1]/callback", "http://localhost/callback")
            .register();

    for (String allowed :
        new String[] {"http://127.0.0.1:50123/callback", "http://[::1]:50123/callback"}) {
      Answer answer = Answer.of(app.flow().with("redirect_uri", allowed).send(loggedIn));
      assertTrue(answer.location().startsWith(allowed + "?code="), answer.location());
    }
    for (String refused :
        new String[] {
          "http://localhost:50123/callback",
          "http://127.0.0.2:50123/callback",
          "http://127.0.0.1:50123/callback/x",
          "http://127.0.0.1:99999/callback",
          "http://127.0.0.1:/callback",
          "http://127.0.0.1:50123@evil.example/callback",
          "https://127.0.0.1:50123/callback"
        }) {
      assertPageOnly(app.flow().with("redirect_uri", refused).send(loggedIn));
    }
  }

  /** RFC 6749 §3.1.2: the query stays, and the answer is appended to it. */
  @Test
  void queryOfARegisteredOneIsKeptAndCannotBeAddedTo() {
    String callback = "https://client.example/callback?tenant=a%26b";
    TestClient withQuery = ClientBuilder.web(server).redirectUris(callback).register();

    Answer answer = Answer.of(withQuery.flow().send(loggedIn));
    assertTrue(answer.location().startsWith(callback + "&code="), answer.location());
    assertEquals("a&b", answer.value("tenant"));
    assertEquals(CodeFlow.STATE, answer.value("state"));

    assertPageOnly(
        withQuery.flow().with("redirect_uri", callback + "&code=injected").send(loggedIn));
  }

  /** RFC 6749 §3.1.2.3: with more than one registered, the request must say which. */
  @Test
  void missingOneIsTakenFromTheRegistrationOnlyIfThatHasExactlyOne() {
    TestClient two =
        ClientBuilder.web(server).redirectUris(CALLBACK, "https://client.example/2").register();

    assertPageOnly(two.flow().without("redirect_uri").send(loggedIn));
    assertTrue(
        Answer.of(client.flow().with("scope", "user:read").without("redirect_uri").send(loggedIn))
            .location()
            .startsWith(CALLBACK));
  }

  /** OpenID Connect Core §3.1.2.1: {@code redirect_uri} is required beside {@code openid}. */
  @Test
  void missingOneIsAnErrorWhereOpenIdIsAskedFor() {
    assertPageOnly(client.flow().without("redirect_uri").send(loggedIn));
  }

  /** RFC 9700 §4.1: an unknown client has no redirect URI to send anything to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-such-client",
        "",
        "' or '1'='1",
        "%",
        "*",
        "a\0b",
        "client\r\nX: y",
        "<script>alert(1)</script>"
      })
  void unknownClientGetsAPage(String clientId) {
    assertPageOnly(client.flow().with("client_id", clientId).send(loggedIn));
  }

  @Test
  void missingClientGetsAPage() {
    assertPageOnly(client.flow().without("client_id").send(loggedIn));
  }

  /** RFC 6749 §3.1. */
  @Test
  void repeatedClientGetsAPage() {
    assertPageOnly(client.flow().andAlso("client_id", client.clientId()).send(loggedIn));
    assertPageOnly(client.flow().andAlso("client_id", "another").send(loggedIn));
  }

  /** Another client's redirect URI is as foreign as any. */
  @Test
  void redirectUriOfAnotherClientGetsAPage() {
    TestClient other =
        ClientBuilder.web(server).redirectUris("https://other.example/callback").register();

    assertPageOnly(client.flow().with("redirect_uri", other.redirectUri()).send(loggedIn));
  }

  /** RFC 6749 §4.1.3: the token request names the redirect URI that the code was sent to. */
  @Test
  void codeIsNotRedeemedWithAnotherRedirectUriOrNone() {
    CodeFlow flow = client.flow();
    Map<String, String> redemption = flow.redemption(flow.code(user));

    for (String other : new String[] {"https://evil.example/", CALLBACK + "/", ""}) {
      Map<String, String> tampered = new java.util.LinkedHashMap<>(redemption);
      tampered.put("redirect_uri", other);
      HttpResponse<String> response = client.token(tampered);
      assertEquals("invalid_grant", Http.body(400, response).get("error").asText());
    }
    Map<String, String> without = new java.util.LinkedHashMap<>(redemption);
    without.remove("redirect_uri");
    assertEquals("invalid_grant", Http.body(400, client.token(without)).get("error").asText());
  }

  private static void assertPageOnly(HttpResponse<String> response) {
    assertEquals(400, response.statusCode(), response.body());
    assertEquals("", Http.header(response, "Location"));
    assertEquals("", Http.header(response, "Refresh"));
    assertTrue(
        Http.header(response, "Content-Type").startsWith("text/html"),
        response.headers().toString());
    assertFalse(response.body().contains("<form"), "a login form in an error page");
    assertFalse(response.body().contains("evil.example"), "the page leads to the unproven address");
    assertFalse(response.body().contains("<script"), response.body());
    assertEquals("no-store", Http.header(response, "Cache-Control"));
  }
}
