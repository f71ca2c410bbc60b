package dev.gatewright.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Forms;
import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What authorization requests may ask for, and how the answer comes back (RFC 6749 §4.1, OpenID
 * Connect Core §3.1.2).
 */
class AuthorizationRequestTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private static TestServer server;
  private static TestClient app;
  private static TestClient web;
  private static User user;
  private static Browser loggedIn;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).user();
    app = ClientBuilder.nativeApp(server).register();
    web = ClientBuilder.web(server).register();
    loggedIn = new Browser(server).logIn(user);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** OAuth 2.1 has no implicit grant; RFC 6749 §3.1.1, §4.1.2.1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "id_token token",
        "id_token",
        "code token",
        "code id_token",
        "none",
        "CODE",
        "code code",
        "evil"
      })
  void responseTypesOtherThanCodeAreRefused(String responseType) {
    Answer answer = refusal(web.flow().with("response_type", responseType));

    assertEquals("unsupported_response_type", answer.value("error"));
    assertFalse(answer.location().contains("#"), answer.location());
  }

  @Test
  void missingResponseTypeIsRefused() {
    assertEquals("invalid_request", refusal(web.flow().without("response_type")).value("error"));
    assertEquals("invalid_request", refusal(web.flow().with("response_type", "")).value("error"));
  }

  /** RFC 7636 §4.3, §4.4.1; OAuth 2.1 §4.1.1: S256 is the only method. */
  @ParameterizedTest
  @CsvSource({
    "a-code-verifier-of-the-tests.43-characters-or-more~, plain",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, S512",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, s256",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, ''",
    "tooshort, S256",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c, S256",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM, S256",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=, S256",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM, S256",
    "'', S256"
  })
  void codeChallengeIsS256OrRefused(String challenge, String method) {
    CodeFlow flow =
        app.flow().with("code_challenge", challenge).with("code_challenge_method", method);

    assertEquals("invalid_request", refusal(flow).value("error"));
  }

  /** RFC 7636 §4.3: an absent method means plain. */
  @Test
  void codeChallengeWithoutAMethodIsRefused() {
    assertEquals(
        "invalid_request", refusal(app.flow().without("code_challenge_method")).value("error"));
  }

  /**
   * OAuth 2.1 §4.1.1, RFC 9700 §2.1.1: whoever is not excused by registration, and no public client
   * ever is.
   */
  @Test
  void requestWithoutPkceIsRefused() {
    for (TestClient client : new TestClient[] {app, web}) {
      CodeFlow flow = client.flow().without("code_challenge", "code_challenge_method");
      assertEquals("invalid_request", refusal(flow).value("error"));
    }
  }

  /** OpenID Connect Core §3.1.2.6. */
  @Test
  void promptNoneWithoutASessionAnswersLoginRequired() {
    Answer answer = Answer.of(web.flow().with("prompt", "none").send(new Browser(server)));

    assertEquals("login_required", answer.value("error"));
    assertEquals(CodeFlow.STATE, answer.value("state"));
  }

  @Test
  void promptNoneWithoutConsentAnswersConsentRequired() {
    TestClient asking = ClientBuilder.web(server).withConsent().register();

    assertEquals("consent_required", refusal(asking.flow().with("prompt", "none")).value("error"));
  }

  @Test
  void promptNoneWithASessionAnswersACode() {
    assertTrue(Answer.of(web.flow().with("prompt", "none").send(loggedIn)).has("code"));
  }

  /** OpenID Connect Core §3.1.2.1: none stands alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {"none login", "login none", "none consent", "evil", "NONE", "login,consent"})
  void promptThatMakesNoSenseIsRefused(String prompt) {
    assertEquals("invalid_request", refusal(web.flow().with("prompt", prompt)).value("error"));
  }

  /**
   * OpenID Connect Core §3.1.2.1: the session does not do, and prompt=none cannot be had by saying
   * it twice.
   */
  @Test
  void promptLoginAndMaxAgeAskForTheLoginAgain() {
    for (CodeFlow flow :
        new CodeFlow[] {web.flow().with("prompt", "login"), web.flow().with("max_age", "0")}) {
      Browser browser = new Browser(server).logIn(user);
      HttpResponse<String> first = flow.send(browser);
      assertTrue(
          Http.header(first, "Location").startsWith("/login?"), Http.header(first, "Location"));

      HttpResponse<String> again =
          browser.get(Http.header(first, "Location").replace("/login", "/oauth2/auth"));
      assertTrue(Http.header(again, "Location").startsWith("/login?"), "the login was skipped");
      assertTrue(Answer.of(browser.finish(first, user)).has("code"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "abc", "1e3", "99999999999999999999", "0x10", "1 or 1=1"})
  void maxAgeThatIsNoNumberIsRefused(String maxAge) {
    assertEquals("invalid_request", refusal(web.flow().with("max_age", maxAge)).value("error"));
  }

  /**
   * OpenID Connect Core §5.5: the parameter need not be supported, but what it holds is a JSON
   * object.
   */
  @ParameterizedTest
  @ValueSource(strings = {"not json", "{", "[]", "\"x\"", "1", "{\"userinfo\":}", "null"})
  void claimsThatAreNoJsonObjectAreRefused(String claims) {
    assertEquals("invalid_request", refusal(web.flow().with("claims", claims)).value("error"));
  }

  @Test
  void claimsAreIgnoredAsDiscoverySays() {
    String claims =
        "{\"userinfo\":{\"given_name\":{\"essential\":true}},\"id_token\":{\"acr\":null}}";

    assertTrue(Answer.of(web.flow().with("claims", claims).send(loggedIn)).has("code"));
  }

  @ParameterizedTest
  @CsvSource({
    "response_mode, evil, invalid_request",
    "response_mode, fragment, invalid_request",
    "registration, {}, registration_not_supported",
    "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
    "request, garbage, invalid_request_object"
  })
  void whatIsNotSupportedIsRefusedByName(String parameter, String value, String error) {
    assertEquals(error, refusal(web.flow().with(parameter, value)).value("error"));
  }

  /** RFC 6749 §3.1. */
  @ParameterizedTest
  @CsvSource({
    "scope, openid",
    "response_type, code",
    "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "code_challenge_method, plain",
    "nonce, another",
    "prompt, login",
    "unheard_of, x"
  })
  void repeatedParametersAreRefused(String name, String value) {
    CodeFlow flow = web.flow().andAlso(name, value).andAlso(name, value);

    assertEquals("invalid_request", refusal(flow).value("error"));
  }

  @Test
  void repeatedStateIsRefusedAndNeitherComesBack() {
    Answer answer = Answer.of(web.flow().andAlso("state", "another").send(loggedIn));

    assertEquals("invalid_request", answer.value("error"));
    assertFalse(answer.has("state"));
  }

  /**
   * RFC 6749 §3.3, RFC 6819 §5.1.5.1: what is unknown, or not for this client or user, is never
   * granted.
   */
  @Test
  void scopesThatCannotBeHadAreNotGranted() {
    TestClient ambitious =
        ClientBuilder.web(server).scope("openid user:read users:read clients:write").register();
    String asked = "openid user:read users:read clients:write user:write admin evil:scope";

    Tokens tokens = ambitious.flow().with("scope", asked).tokens(user);
    assertEquals("openid user:read", tokens.scope());
    assertEquals("openid user:read", Tokens.claims(tokens.access()).get("scope").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil", "users:read", "open\"id", "openid\\", "openid\u0007", "*", "öpenid"})
  void scopeWithNothingToGrantIsRefused(String scope) {
    assertEquals("invalid_scope", refusal(web.flow().with("scope", scope)).value("error"));
  }

  /** RFC 9101 §10.4: a reference is not followed. */
  @Test
  void requestUriIsNotFetched() throws IOException {
    try (ServerSocket attacker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      attacker.setSoTimeout(300);
      String requestUri = "http://127.0.0.1:" + attacker.getLocalPort() + "/request.jwt";

      assertEquals(
          "request_uri_not_supported",
          refusal(web.flow().with("request_uri", requestUri)).value("error"));
      assertThrows(SocketTimeoutException.class, attacker::accept, "the server called back");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "//evil.example",
        "urn:evil",
        "x"
      })
  void requestUrisOfOthersAreRefused(String requestUri) {
    assertEquals(
        "request_uri_not_supported",
        refusal(web.flow().with("request_uri", requestUri)).value("error"));
  }

  /** RFC 6749 §4.1.2, RFC 6819 §4.4.1.13: state is the client's own, whatever it holds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nSet-Cookie: x=1",
        "\"><script>alert(1)</script>",
        "'\"\\",
        "&error=access_denied&code=injected",
        "code=injected#fragment",
        "100% + 1 = ?",
        "  leading and trailing  ",
        "äöü 日本語 🔑",
        "a;b,c",
        "%0d%0a%00"
      })
  void stateComesBackExactlyOnceInCodesAndErrors(String state) {
    Answer success = Answer.of(web.flow().with("state", state).send(loggedIn));
    assertEquals(state, success.value("state"));
    assertTrue(success.location().chars().allMatch(c -> c > 0x20 && c < 0x7F), success.location());
    assertFalse(success.has("error"));
    success.value("code");

    Answer error =
        Answer.of(web.flow().with("state", state).with("response_type", "x").send(loggedIn));
    assertEquals(state, error.value("state"));
    assertFalse(error.has("code"));

    Answer afterLogin = web.flow().with("state", state).answer(new Browser(server), user);
    assertEquals(state, afterLogin.value("state"), "after login");
  }

  @Test
  void longStateComesBackWhole() {
    String state = "s".repeat(6000);

    assertEquals(
        state, web.flow().with("state", state).answer(new Browser(server), user).value("state"));
  }

  @Test
  void noStateIsMadeUp() {
    assertFalse(Answer.of(web.flow().without("state").send(loggedIn)).has("state"));
  }

  /**
   * NUL and broken UTF-8 are nobody's honest input; what they would do further in is not found out.
   */
  @ParameterizedTest
  @ValueSource(strings = {"&x=%00", "&x=%ff%fe", "&x=%c0%80", "&x=%zz", "&x=%"})
  void brokenParametersAreRefusedWithAPage(String broken) {
    RawHttp.Reply reply =
        RawHttp.get(
            server,
            web.flow().path() + broken,
            "Cookie: " + Browser.SESSION + "=" + loggedIn.session());

    assertEquals(400, reply.status(), reply.text());
    assertEquals("", reply.header("Location"));
  }

  /** OpenID Connect Core §3.1.2.1. */
  @ParameterizedTest
  @ValueSource(
      strings = {"garbage", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.", "a.b.c.d.e", "%00", "{}"})
  void idTokenHintThatIsGarbageChangesNothing(String hint) {
    HttpResponse<String> response = web.flow().with("id_token_hint", hint).send(loggedIn);

    assertTrue(response.statusCode() < 500, response.body());
  }

  /** OpenID Connect Core §3.1.2.1: POST is as good as GET. */
  @Test
  void postedRequestIsAnsweredLikeAnyOther() {
    Browser browser = new Browser(server);
    HttpResponse<String> first =
        browser
            .http()
            .send(
                "POST",
                "/oauth2/auth",
                web.flow().query(),
                "Content-Type",
                FORM,
                "Origin",
                "https://client.example");
    Answer answer = Answer.of(browser.finish(first, user));

    answer.value("code");
    assertEquals(CodeFlow.STATE, answer.value("state"));
  }

  @Test
  void postedRequestThatIsWrongIsRefusedLikeAnyOther() {
    HttpResponse<String> unproven =
        loggedIn
            .http()
            .send(
                "POST",
                "/oauth2/auth",
                web.flow().with("redirect_uri", "https://evil.example/").query(),
                "Content-Type",
                FORM);
    assertEquals(400, unproven.statusCode());
    assertEquals("", Http.header(unproven, "Location"));

    HttpResponse<String> wrong =
        loggedIn
            .http()
            .send(
                "POST",
                "/oauth2/auth",
                web.flow().with("response_type", "token").query(),
                "Content-Type",
                FORM);
    assertEquals("unsupported_response_type", Answer.of(wrong).value("error"));

    HttpResponse<String> json =
        loggedIn.http().json("POST", "/oauth2/auth", "{\"client_id\":\"x\"}");
    assertEquals(415, json.statusCode(), json.body());
  }

  /** RFC 9207 §2: in every answer, so that one server's cannot be taken for another's. */
  @Test
  void issuerIsInCodesAndErrors() {
    assertEquals(server.issuer(), Answer.of(web.flow().send(loggedIn)).value("iss"));
    assertEquals(server.issuer(), refusal(web.flow().with("response_type", "token")).value("iss"));
    assertEquals(
        server.issuer(),
        Answer.of(web.flow().with("prompt", "none").send(new Browser(server))).value("iss"));
  }

  /** RFC 9700 §4.2.4, §4.12. */
  @Test
  void answersAreNotCachedAndLeakNoReferrer() {
    HttpResponse<String> answer = web.flow().send(loggedIn);

    assertEquals(303, answer.statusCode());
    assertEquals("no-store", Http.header(answer, "Cache-Control"));
    assertEquals("no-referrer", Http.header(answer, "Referrer-Policy"));
    assertEquals("", answer.body());
  }

  /** OpenID Connect Core §3.1.2.1: the hint is shown in the form, and shown as text. */
  @Test
  void loginHintIsEscaped() {
    Browser browser = new Browser(server);
    HttpResponse<String> first =
        web.flow().with("login_hint", "\"><script>alert(1)</script>").send(browser);
    HttpResponse<String> page = browser.get(Http.header(first, "Location"));

    assertEquals(200, page.statusCode());
    assertFalse(page.body().contains("<script>alert"), page.body());
  }

  /** RFC 9126 §2.2, §4: a waiting request is its client's, and is answered once. */
  @Test
  void waitingRequestIsForItsClientAndForOneAnswer() {
    Browser browser = new Browser(server);
    String login = Http.header(web.flow().send(browser), "Location");
    String resume = login.replace("/login", "/oauth2/auth");

    HttpResponse<String> foreign = loggedIn.get(resume.replace(web.clientId(), app.clientId()));
    assertEquals(400, foreign.statusCode(), foreign.body());
    HttpResponse<String> guessed = loggedIn.get(resume.substring(0, resume.length() - 1) + "~");
    assertEquals(400, guessed.statusCode(), guessed.body());

    assertTrue(Answer.of(loggedIn.get(resume)).has("code"));
    HttpResponse<String> again = loggedIn.get(resume);
    assertEquals(400, again.statusCode(), again.body());
    assertEquals("", Http.header(again, "Location"));
  }

  /** What waits is what was asked: parameters beside request_uri change nothing (RFC 9101 §6.3). */
  @Test
  void parametersBesideAWaitingRequestAreIgnored() {
    String login = Http.header(web.flow().send(new Browser(server)), "Location");
    String resume = login.replace("/login", "/oauth2/auth");

    Answer answer =
        Answer.of(
            loggedIn.get(
                resume
                    + "&state=injected&scope=user%3Awrite&redirect_uri="
                    + Forms.encode("https://evil.example/")));
    assertTrue(answer.location().startsWith(web.redirectUri() + "?"), answer.location());
    assertEquals(CodeFlow.STATE, answer.value("state"));
    assertEquals("openid user:read", Tokens.of(web.flow().redeem(answer.value("code"))).scope());
  }

  /** A parameter in the query does not join those of a posted form. */
  @Test
  void queryOfAPostedRequestDoesNotCount() {
    Map<String, String> form = Map.of("client_id", web.clientId());
    HttpResponse<String> response = loggedIn.http().form(web.flow().path(), form);

    Answer answer = Answer.of(response);
    assertEquals("invalid_request", answer.value("error"));
    assertFalse(answer.has("state"));
  }

  /** The error answer to a browser that is logged in: with state and issuer, without a code. */
  private static Answer refusal(CodeFlow flow) {
    Answer answer = Answer.of(flow.send(loggedIn));
    answer.value("error");
    assertEquals(CodeFlow.STATE, answer.value("state"), answer.location());
    assertFalse(answer.has("code"), answer.location());
    assertFalse(answer.location().contains("access_token"), answer.location());
    return answer;
  }
}
