package dev.gatewright.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code response_mode=form_post} (OAuth 2.0 Form Post Response Mode). */
class FormPostTest {
  private static TestServer server;
  private static TestClient web;
  private static User user;
  private static Browser browser;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).user();
    web = ClientBuilder.web(server).register();
    browser = new Browser(server).logIn(user);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theAnswerIsInAFormForTheRedirectUri() {
    HttpResponse<String> page = send(web.flow());
    assertTrue(page.body().contains("<form method=\"post\" action=\"" + web.redirectUri() + "\">"));
    Map<String, String> answer = Browser.hiddenFields(page);
    assertEquals(java.util.Set.of("code", "state", "iss"), answer.keySet());
    assertEquals(CodeFlow.STATE, answer.get("state"));
    assertEquals(server.issuer(), answer.get("iss"));
    assertFalse(Tokens.of(web.flow().redeem(answer.get("code"))).access().isEmpty());
  }

  @Test
  void anErrorIsInTheFormToo() {
    HttpResponse<String> page = send(web.flow().with("scope", "unheard-of"));
    Map<String, String> answer = Browser.hiddenFields(page);
    assertEquals("invalid_scope", answer.get("error"));
    assertEquals(CodeFlow.STATE, answer.get("state"));
    assertEquals(server.issuer(), answer.get("iss"));
    assertFalse(answer.containsKey("code"));
  }

  @Test
  void theAnswerComesByFormAfterALoginToo() {
    Browser fresh = new Browser(server);
    HttpResponse<String> end =
        fresh.finish(web.flow().with("response_mode", "form_post").send(fresh), user);
    assertEquals(200, end.statusCode(), end.body());
    assertTrue(Browser.hiddenFields(end).containsKey("code"));
  }

  @Test
  void thePageRunsOneScriptOfThisServerAndIsKeptByNobody() {
    HttpResponse<String> page = send(web.flow());
    String policy = Http.header(page, "Content-Security-Policy");
    assertTrue(policy.contains("script-src 'self';"), policy);
    assertTrue(policy.endsWith("form-action 'self' https://client.example"), policy);
    assertEquals("no-store", Http.header(page, "Cache-Control"));
  }

  /** RFC 6749 §10.12: what the client sent is text, wherever it is put. */
  @Test
  void theStateIsEscaped() {
    String state = "\"><script>alert(1)</script>";
    HttpResponse<String> page = send(web.flow().with("state", state));
    assertFalse(page.body().contains("<script>alert"), page.body());
  }

  @Test
  void anUnprovenRedirectUriGetsNoForm() {
    HttpResponse<String> page = send(web.flow().with("redirect_uri", "https://evil.example/cb"));
    assertEquals(400, page.statusCode());
    assertFalse(page.body().contains("evil.example"), page.body());
  }

  private static HttpResponse<String> send(CodeFlow flow) {
    return flow.with("response_mode", "form_post").send(browser);
  }
}
