package dev.gatewright.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.key.JwtSigner;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked what before a code is issued (OpenID Connect Core §3.1.2.1). */
class InteractionTest {
  private static TestServer server;
  private static TestClient web;
  private static User ada;
  private static User grace;
  private Browser browser;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    ada = new TestUsers(server).user();
    grace = new TestUsers(server).user();
    web = ClientBuilder.web(server).register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void logIn() {
    browser = new Browser(server).logIn(ada);
  }

  @Test
  void selectAccountAsksWithWhomToGoOn() {
    HttpResponse<String> first = web.flow().with("prompt", "select_account").send(browser);
    String location = Http.header(first, "Location");
    assertTrue(location.startsWith("/select-account?"), location);

    HttpResponse<String> page = browser.get(location);
    assertTrue(page.body().contains("Continue as " + ada.username()), page.body());

    HttpResponse<String> chosen = browser.submit("/select-account", page, Map.of());
    HttpResponse<String> end = browser.finish(chosen, ada);
    assertEquals(ada.id().toString(), subject(Answer.of(end).value("code")));
  }

  @Test
  void selectAccountIsAnsweredByALoginAsSomebodyElse() {
    HttpResponse<String> first = web.flow().with("prompt", "select_account").send(browser);
    String login = Http.header(first, "Location").replace("/select-account", "/login");

    HttpResponse<String> loggedIn =
        browser.submit("/login", browser.get(login), Browser.credentials(grace));
    HttpResponse<String> end = browser.finish(loggedIn, grace);
    assertEquals(grace.id().toString(), subject(Answer.of(end).value("code")));
  }

  @Test
  void selectAccountIsNotAnsweredForOneUserByAnother() {
    HttpResponse<String> first = web.flow().with("prompt", "select_account login").send(browser);
    assertTrue(Http.header(first, "Location").startsWith("/login?"));
  }

  @Test
  void selectAccountNeedsTheFormOfThisBrowser() {
    String location =
        Http.header(web.flow().with("prompt", "select_account").send(browser), "Location");
    HttpResponse<String> page = browser.get(location);
    assertEquals(
        400, browser.submit("/select-account", page, Map.of("csrf_token", "forged")).statusCode());
    assertTrue(
        Http.header(browser.get(location.replace("/select-account", "/oauth2/auth")), "Location")
            .startsWith("/select-account?"));
  }

  @Test
  void theUserWhomTheHintNamesGoesOn() {
    String idToken = web.flow().tokens(ada).id();
    Answer answer =
        Answer.of(web.flow().with("prompt", "none").with("id_token_hint", idToken).send(browser));
    assertTrue(answer.has("code"));
  }

  @Test
  void aHintOfAnotherUserIsLoginRequiredWhereNoPageIsAllowed() {
    String idToken = web.flow().tokens(grace).id();
    Answer answer =
        Answer.of(web.flow().with("prompt", "none").with("id_token_hint", idToken).send(browser));
    assertEquals("login_required", answer.value("error"));
    assertEquals(server.issuer(), answer.value("iss"));
  }

  @Test
  void aHintOfAnotherUserAsksForTheirLoginAndTakesNobodyElses() {
    String idToken = web.flow().tokens(grace).id();
    var flow = web.flow().with("id_token_hint", idToken);
    assertTrue(Http.header(flow.send(browser), "Location").startsWith("/login?"));

    assertEquals("login_required", flow.answer(browser, ada).value("error"));
    assertEquals(grace.id().toString(), subject(flow.answer(browser, grace).value("code")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
  void aHintThatCannotBeReadNamesNobody(String hint) {
    var flow = web.flow().with("id_token_hint", hint);
    assertTrue(Answer.of(flow.send(browser)).has("code"));
    Answer silent = Answer.of(flow.with("prompt", "none").send(browser));
    assertEquals("login_required", silent.value("error"));
  }

  @Test
  void noOtherTokenIsAHint() {
    String accessToken = web.flow().tokens(ada).access();
    String ofAnotherClient = ClientBuilder.web(server).register().flow().tokens(ada).id();
    for (String hint : new String[] {accessToken, ofAnotherClient}) {
      Answer answer =
          Answer.of(web.flow().with("prompt", "none").with("id_token_hint", hint).send(browser));
      assertEquals("login_required", answer.value("error"));
    }
  }

  /** OpenID Connect Core §3.1.2.1: it identifies the user even when it has expired. */
  @Test
  void aHintMayHaveExpired() {
    String expired =
        server
            .bean(JwtSigner.class)
            .sign(
                SigningAlgorithm.RS256,
                "JWT",
                new JWTClaimsSet.Builder()
                    .issuer(server.issuer())
                    .subject(ada.id().toString())
                    .audience(web.clientId())
                    .expirationTime(java.util.Date.from(Instant.now().minus(Duration.ofDays(30))))
                    .build());
    assertTrue(
        Answer.of(web.flow().with("prompt", "none").with("id_token_hint", expired).send(browser))
            .has("code"));
  }

  /** OpenID Connect Registration §2: {@code default_max_age}. */
  @Test
  void theClientsDefaultMaxAgeHoldsUntilTheRequestSaysOtherwise() {
    TestClient strict = ClientBuilder.web(server).option("default_max_age", 0).register();
    assertTrue(Http.header(strict.flow().send(browser), "Location").startsWith("/login?"));
    assertTrue(Answer.of(strict.flow().with("max_age", "10000").send(browser)).has("code"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "display=page",
        "display=popup",
        "ui_locales=se",
        "claims_locales=se",
        "acr_values=1 2"
      })
  void aWishThatChangesNothingIsNoError(String parameter) {
    String[] wish = parameter.split("=", 2);
    assertTrue(Answer.of(web.flow().with(wish[0], wish[1]).send(browser)).has("code"));
  }

  /** RFC 7591 §2: the logo, the terms and the policy are shown to whoever is asked. */
  @Test
  void theConsentPageShowsWhatTheClientSaysOfItself() {
    TestClient asking =
        ClientBuilder.web(server)
            .withConsent()
            .option("logo_uri", "https://logo.example/logo.png")
            .option("policy_uri", "https://client.example/privacy")
            .option("tos_uri", "https://client.example/terms")
            .option("client_uri", "https://client.example/about")
            .register();
    HttpResponse<String> page = browser.get(Http.header(asking.flow().send(browser), "Location"));
    for (String shown :
        new String[] {
          "src=\"https://logo.example/logo.png\"",
          "href=\"https://client.example/privacy\"",
          "href=\"https://client.example/terms\"",
          "href=\"https://client.example/about\""
        }) {
      assertTrue(page.body().contains(shown), shown);
    }
    String policy = Http.header(page, "Content-Security-Policy");
    assertTrue(policy.contains("img-src 'self' https://logo.example;"), policy);
    assertFalse(policy.contains("unsafe"), policy);
  }

  private static String subject(String code) {
    return dev.gatewright.Tokens.claims(dev.gatewright.Tokens.of(web.flow().redeem(code)).id())
        .get("sub")
        .asText();
  }
}
