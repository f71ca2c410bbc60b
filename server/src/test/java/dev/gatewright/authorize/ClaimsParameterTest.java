package dev.gatewright.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.oauth.AuthenticationContext;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims asked for one by one (OpenID Connect Core §5.5). */
class ClaimsParameterTest {
  private static TestServer server;
  private static TestClient client;
  private static User user;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = ClientBuilder.web(server).register();
    user = new TestUsers(server).openUser();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** oidcc-claims-essential. */
  @Test
  void essentialClaimIsToldAtUserinfo() {
    Tokens tokens = tokens("{\"userinfo\":{\"name\":{\"essential\":true}}}");

    JsonNode claims = userInfo(tokens);
    assertEquals("Ada Lovelace", claims.get("name").asText());
    assertEquals(Set.of("sub", "name"), names(claims));
    assertFalse(Tokens.claims(tokens.id()).has("name"));
  }

  /** §5.5: {@code null} asks for a claim as a wish, which is granted as well. */
  @Test
  void voluntaryClaimsAreToldWhereTheyWereAskedFor() {
    Tokens tokens =
        tokens(
            """
            {"userinfo": {"nickname": null, "address": {"essential": false}},
             "id_token": {"email": null, "picture": {"purpose": "to show"}}}
            """);

    assertEquals(Set.of("sub", "nickname", "address"), names(userInfo(tokens)));
    JsonNode idToken = Tokens.claims(tokens.id());
    assertEquals(user.email(), idToken.get("email").asText());
    assertEquals("https://people.example/ada.jpg", idToken.get("picture").asText());
    assertFalse(idToken.has("nickname") || idToken.has("address"));
  }

  /** §5.5: they add to those of the scopes. */
  @Test
  void claimsOfScopesAreToldBesides() {
    Tokens tokens =
        Tokens.of(
            redeemed(
                client
                    .flow()
                    .with("scope", "openid email")
                    .with("claims", "{\"userinfo\":{\"gender\":null}}")));

    assertEquals(Set.of("sub", "email", "email_verified", "gender"), names(userInfo(tokens)));
  }

  /** A refresh tells the same (OpenID Connect Core §12.2). */
  @Test
  void claimsOutliveARefresh() {
    Tokens first =
        client
            .flow()
            .with("scope", "openid offline_access")
            .with("claims", "{\"userinfo\":{\"name\":null},\"id_token\":{\"locale\":null}}")
            .tokens(user);
    Tokens second = Tokens.of(client.refresh(first.refresh()));

    assertEquals(Set.of("sub", "name"), names(userInfo(second)));
    assertEquals("en-GB", Tokens.claims(second.id()).get("locale").asText());
  }

  /** §5.5: what is not understood is ignored; what the user has not said is left out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"userinfo\":null,\"id_token\":null}",
        "{\"userinfo\":{\"shoe_size\":{\"essential\":true,\"value\":44}}}",
        "{\"userinfo\":{\"name#ja-Kana-JP\":null},\"verified_claims\":[1,2]}",
        "{\"id_token\":{\"auth_time\":{\"essential\":true},\"iss\":null,\"exp\":null}}"
      })
  void whatIsNotKnownIsIgnored(String claims) {
    assertEquals(Set.of("sub"), names(userInfo(tokens(claims))));
  }

  /** Claims of the protocol cannot be forged by asking for them. */
  @Test
  void claimsOfTheProtocolStayWhatTheyAre() {
    Tokens tokens =
        tokens(
            "{\"id_token\":{\"iss\":{\"value\":\"https://evil.example\"},\"aud\":{\"value\":\"x\"},"
                + "\"auth_time\":{\"essential\":true}}}");
    JsonNode idToken = Tokens.claims(tokens.id());

    assertEquals(server.issuer(), idToken.get("iss").asText());
    assertEquals(client.clientId(), idToken.get("aud").asText());
    assertTrue(idToken.get("auth_time").isIntegralNumber());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[]",
        "null",
        "\"{}\"",
        "{",
        "{\"userinfo\":[]}",
        "{\"userinfo\":\"name\"}",
        "{\"id_token\":{\"name\":true}}",
        "{\"id_token\":{\"name\":[]}}",
        "{\"userinfo\":{\"name\":{\"essential\":\"yes\"}}}",
        "{\"userinfo\":{\"acr\":{\"values\":\"1\"}}}",
        "{\"userinfo\":{\"unknown\":{\"essential\":1}}}"
      })
  void garbageIsAnInvalidRequest(String claims) {
    Answer answer =
        client.flow().with("claims", claims).answer(new Browser(server).logIn(user), user);

    assertEquals("invalid_request", answer.value("error"));
    assertEquals(CodeFlow.STATE, answer.value("state"));
  }

  /** A thousand brackets are no reason to fail. */
  @Test
  void deepNestingIsAnInvalidRequest() {
    Answer answer =
        client
            .flow()
            .with("claims", "{\"userinfo\":" + "[".repeat(2000))
            .answer(new Browser(server).logIn(user), user);

    assertEquals("invalid_request", answer.value("error"));
  }

  /** Without openid it is no OpenID Connect request, and there is nothing to tell it in. */
  @Test
  void withoutOpenidThereAreNone() {
    Tokens tokens =
        client
            .flow()
            .with("scope", "user:read")
            .with("claims", "{\"userinfo\":{\"name\":null},\"id_token\":{\"name\":null}}")
            .tokens(user);

    assertEquals("", tokens.id());
    assertEquals("user:read", tokens.scope());
  }

  /** What a client is not registered to ask for by scope, it cannot have one by one. */
  @Test
  void claimsOfScopesThatTheClientIsNotRegisteredForAreLeftOut() {
    TestClient narrow = ClientBuilder.web(server).scope("openid email").register();
    Tokens tokens =
        narrow
            .flow()
            .with("scope", "openid")
            .with(
                "claims",
                "{\"userinfo\":{\"email\":null,\"phone_number\":{\"essential\":true}},"
                    + "\"id_token\":{\"name\":null,\"email\":null}}")
            .tokens(user);

    assertEquals(Set.of("sub", "email"), names(userInfo(tokens)));
    JsonNode idToken = Tokens.claims(tokens.id());
    assertTrue(idToken.has("email"));
    assertFalse(idToken.has("name"));
  }

  @Test
  void claimBeyondTheScopesNeedsConsentOfItsOwn() {
    TestClient asking = ClientBuilder.web(server).withConsent().register();
    Browser browser = new Browser(server).logIn(user);
    asking.flow().with("scope", "openid").answer(browser, user).value("code");
    CodeFlow flow =
        asking
            .flow()
            .with("scope", "openid")
            .with("claims", "{\"userinfo\":{\"birthdate\":null},\"id_token\":{\"gender\":null}}");

    HttpResponse<String> page = consentPage(flow, browser);
    assertTrue(page.body().contains("See your birthdate"), page.body());
    assertTrue(page.body().contains("See your gender"), page.body());
    assertFalse(page.body().contains("See your email address"), page.body());
    String code = flow.answer(browser, user).value("code");
    Tokens tokens = Tokens.of(flow.redeem(code));
    assertEquals("1815-12-10", userInfo(tokens).get("birthdate").asText());

    assertTrue(flow.answer(browser, user).has("code"));
    assertFalse(isAsked(flow, browser), "consent is remembered");
    assertTrue(
        isAsked(
            asking.flow().with("scope", "openid").with("claims", "{\"userinfo\":{\"name\":null}}"),
            browser));
  }

  /** §5.5: no page, no data. */
  @Test
  void withPromptNoneAndWithoutConsentNothingIsTold() {
    TestClient asking = ClientBuilder.web(server).withConsent().register();
    Browser browser = new Browser(server).logIn(user);
    asking.flow().with("scope", "openid").answer(browser, user).value("code");

    Answer answer =
        Answer.of(
            asking
                .flow()
                .with("scope", "openid")
                .with("prompt", "none")
                .with("claims", "{\"id_token\":{\"email\":null}}")
                .send(browser));
    assertEquals("consent_required", answer.value("error"));
  }

  /** A scope allows its claims, whoever asks for them one by one. */
  @Test
  void claimOfAScopeThatIsAllowedIsNotAskedForAgain() {
    TestClient asking = ClientBuilder.web(server).withConsent().register();
    Browser browser = new Browser(server).logIn(user);
    asking.flow().with("scope", "openid profile").answer(browser, user).value("code");

    assertFalse(
        isAsked(
            asking
                .flow()
                .with("scope", "openid")
                .with("claims", "{\"id_token\":{\"nickname\":null}}"),
            browser));
  }

  @Test
  void refusedConsentTellsNothing() {
    TestClient asking = ClientBuilder.web(server).withConsent().register();
    Browser browser = new Browser(server).logIn(user);
    CodeFlow flow = asking.flow().with("claims", "{\"userinfo\":{\"email\":null}}");
    HttpResponse<String> decided =
        browser.submit("/consent", consentPage(flow, browser), Map.of("decision", "deny"));

    Answer answer = Answer.of(browser.get(Http.header(decided, "Location")));
    assertEquals("access_denied", answer.value("error"));
    assertTrue(isAsked(flow, browser));
  }

  /** §3.1.2.2: an answer is about the subject that was asked for, or there is none. */
  @ParameterizedTest
  @ValueSource(strings = {"id_token", "userinfo"})
  void subjectThatIsAskedForMustBeTheOneWhoIsLoggedIn(String member) {
    String right = "{\"%s\":{\"sub\":{\"value\":\"%s\"}}}".formatted(member, user.id());
    User other = new TestUsers(server).user();
    Browser browser = new Browser(server).logIn(other);
    CodeFlow flow = client.flow().with("claims", right);

    Answer silent =
        Answer.of(client.flow().with("claims", right).with("prompt", "none").send(browser));
    assertEquals("login_required", silent.value("error"));

    HttpResponse<String> first = flow.send(browser);
    String login = Http.header(first, "Location");
    assertTrue(login.startsWith("/login?"), login);
    HttpResponse<String> same =
        browser.submit("/login", browser.get(login), Browser.credentials(other));
    Answer refused = Answer.of(browser.finish(same, other));
    assertEquals("login_required", refused.value("error"));
    assertFalse(refused.has("code"));

    Answer granted = flow.answer(browser, user);
    Tokens tokens = Tokens.of(flow.redeem(granted.value("code")));
    assertEquals(user.id().toString(), Tokens.claims(tokens.id()).get("sub").asText());
  }

  @Test
  void subjectOfWhomThereAreSeveralMayBeAnyOfThem() {
    String several =
        "{\"id_token\":{\"sub\":{\"values\":[\"somebody\",\"%s\"]}}}".formatted(user.id());

    assertTrue(client.flow().with("claims", several).answer(new Browser(server), user).has("code"));
  }

  /** §5.5.1.1: an essential acr that this server has. */
  @Test
  void essentialAcrIsMet() {
    Tokens tokens =
        tokens(
            "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"urn:other\",\"%s\"]}}}"
                .formatted(AuthenticationContext.PASSWORD));

    assertEquals(AuthenticationContext.PASSWORD, Tokens.claims(tokens.id()).get("acr").asText());
  }

  /** §5.5.1.1: one that it has not is a failed authentication. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"urn:mace:incommon:iap:silver\"}}}",
        "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"phr\",\"phrh\"]}}}",
        "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[]}}}"
      })
  void essentialAcrThatCannotBeMetIsRefused(String claims) {
    Browser browser = new Browser(server).logIn(user);

    Answer answer = client.flow().with("claims", claims).answer(browser, user);
    assertEquals("unmet_authentication_requirements", answer.value("error"));
    Answer silent =
        Answer.of(client.flow().with("claims", claims).with("prompt", "none").send(browser));
    assertEquals("unmet_authentication_requirements", silent.value("error"));
  }

  /** §5.5.1.1: a wish that is not essential is answered by what it was. */
  @Test
  void voluntaryAcrThatCannotBeMetIsAnsweredTruly() {
    Tokens tokens = tokens("{\"id_token\":{\"acr\":{\"values\":[\"phr\"]}}}");

    assertEquals(AuthenticationContext.PASSWORD, Tokens.claims(tokens.id()).get("acr").asText());
  }

  private static Tokens tokens(String claims) {
    return Tokens.of(redeemed(client.flow().with("scope", "openid").with("claims", claims)));
  }

  private static HttpResponse<String> redeemed(CodeFlow flow) {
    return flow.redeem(flow.code(user));
  }

  private static JsonNode userInfo(Tokens tokens) {
    return Http.body(
        200,
        new Http(server).get("/oauth2/userinfo", "Authorization", "Bearer " + tokens.access()));
  }

  private static HttpResponse<String> consentPage(CodeFlow flow, Browser browser) {
    String location = Http.header(flow.send(browser), "Location");
    assertTrue(location.startsWith("/consent?"), location);
    return browser.get(location);
  }

  private static boolean isAsked(CodeFlow flow, Browser browser) {
    return Http.header(flow.send(browser), "Location").startsWith("/consent?");
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
