package dev.gatewright.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.oauth.ResponseMode;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The plans {@code oidcc-basic-certification-test-plan} and, by form, {@code
 * oidcc-formpost-basic-certification-test-plan}.
 */
class BasicPlanTest {
  private static final String ALL = "openid profile email address phone offline_access";

  private static final TestClock CLOCK = new TestClock();
  private static TestServer server;
  private static TestClient client;
  private static User user;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
    user = new TestUsers(server).user();
    client = ClientBuilder.web(server).scope(ALL).withConsent().withoutPkce().register();
    completeProfile();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void completeProfile() {
    Http.body(
        200,
        new Http(server)
            .json(
                "PATCH",
                "/api/user",
                """
                {"given_name": "Ada", "family_name": "Lovelace", "name": "Ada Lovelace", "middle_name": "King",
                 "nickname": "Countess", "profile": "https://ada.example", "picture": "https://ada.example/p.png",
                 "website": "https://ada.example", "gender": "female", "birthdate": "1815-12-10",
                 "zoneinfo": "Europe/London", "locale": "en-GB", "phone_number": "+442071234567",
                 "address": {"street_address": "12 St James's Square", "locality": "London", "country": "GB"}}
                """,
                "Authorization",
                new TestUsers(server).bearer(user)));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module({"oidcc-server", "oidcc-idtoken-signature", "oidcc-idtoken-rs256"})
  void aCodeIsExchangedForAnIdTokenThatIsSigned(ResponseMode mode) throws Exception {
    RelyingParty party = party(mode);
    Tokens tokens = party.tokens(party.request("openid"), user);
    JsonNode claims = party.validated(tokens.id());
    assertEquals("RS256", SignedJWT.parse(tokens.id()).getHeader().getAlgorithm().getName());
    assertEquals("nonce-of-the-tests", claims.get("nonce").asText());
    assertEquals(claims.get("sub"), party.userInfo(tokens.access()).get("sub"));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-response-type-missing")
  void aMissingResponseTypeIsAnError(ResponseMode mode) {
    RelyingParty party = party(mode);
    CodeFlow flow = party.request("openid").without("response_type");
    assertEquals("invalid_request", party.answer(party.send(flow)).get("error"));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module({"oidcc-userinfo-get", "oidcc-userinfo-post-header", "oidcc-userinfo-post-body"})
  void userinfoAnswersGetPostWithAHeaderAndPostWithABody(ResponseMode mode) {
    RelyingParty party = party(mode);
    String token = party.tokens(party.request("openid email"), user).access();
    Http http = new Http(server);
    for (HttpResponse<String> response :
        List.of(
            http.get("/oauth2/userinfo", "Authorization", "Bearer " + token),
            http.send("POST", "/oauth2/userinfo", "", "Authorization", "Bearer " + token),
            http.form("/oauth2/userinfo", Map.of("access_token", token)))) {
      assertEquals(user.id().toString(), Http.body(200, response).get("sub").asText());
    }
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-ensure-request-without-nonce-succeeds-for-code-flow")
  void aRequestWithoutANonceSucceeds(ResponseMode mode) throws Exception {
    RelyingParty party = party(mode);
    Tokens tokens = party.tokens(party.request("openid").without("nonce"), user);
    assertFalse(party.validated(tokens.id()).has("nonce"));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module({
    "oidcc-scope-profile",
    "oidcc-scope-email",
    "oidcc-scope-address",
    "oidcc-scope-phone",
    "oidcc-scope-all"
  })
  void eachScopeBringsItsClaims(ResponseMode mode) {
    Map<String, List<String>> claims =
        Map.of(
            "profile",
            List.of(
                "name",
                "given_name",
                "family_name",
                "middle_name",
                "nickname",
                "preferred_username",
                "profile",
                "picture",
                "website",
                "gender",
                "birthdate",
                "zoneinfo",
                "locale",
                "updated_at"),
            "email",
            List.of("email", "email_verified"),
            "address",
            List.of("address"),
            "phone",
            List.of("phone_number", "phone_number_verified"));
    RelyingParty party = party(mode);
    claims.forEach((scope, expected) -> {
      JsonNode told = party.userInfo(party.tokens(party.request("openid " + scope), user).access());
      expected.forEach(claim -> assertTrue(told.has(claim), claim + " in " + told));
      claims.forEach((other, foreign) -> {
        if (!other.equals(scope)) {
          foreign.forEach(claim -> assertFalse(told.has(claim), claim + " in " + told));
        }
      });
    });
    JsonNode everything =
        party.userInfo(
            party.tokens(party.request("openid profile email address phone"), user).access());
    claims.values().forEach(all -> all.forEach(claim -> assertTrue(everything.has(claim), claim)));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-alternate-happy-flow")
  void longStatesAndNoncesComeBackWhole(ResponseMode mode) throws Exception {
    RelyingParty party = party(mode);
    String state = "s".repeat(128) + "-._~ /?&=%\"<>+";
    String nonce = "n".repeat(255);
    CodeFlow flow = party.request("openid").with("state", state).with("nonce", nonce);
    Map<String, String> answer = party.answer(flow, user);
    assertEquals(state, unescaped(answer.get("state")));
    JsonNode claims = party.validated(Tokens.of(flow.redeem(answer.get("code"))).id());
    assertEquals(nonce, claims.get("nonce").asText());
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module({
    "oidcc-display-page",
    "oidcc-display-popup",
    "oidcc-ui-locales",
    "oidcc-claims-locales",
    "oidcc-ensure-request-with-acr-values-succeeds",
    "oidcc-ensure-request-with-unknown-parameter-succeeds",
    "oidcc-login-hint"
  })
  void wishesAndUnknownParametersAreNoErrors(ResponseMode mode) {
    for (Map.Entry<String, String> wish :
        List.of(
            Map.entry("display", "page"),
            Map.entry("display", "popup"),
            Map.entry("ui_locales", "se"),
            Map.entry("claims_locales", "se"),
            Map.entry("acr_values", "1 2"),
            Map.entry("extra", "foobar"),
            Map.entry("login_hint", user.username()))) {
      RelyingParty party = party(mode);
      CodeFlow flow = party.request("openid").with(wish.getKey(), wish.getValue());
      HttpResponse<String> first = party.send(flow);
      assertTrue(RelyingParty.isLogin(first));
      String login = party.browser().get(Http.header(first, "Location")).body();
      assertEquals(
          wish.getKey().equals("login_hint"),
          login.contains("value=\"" + user.username() + "\""),
          "only login_hint fills in the login");
      assertTrue(party.answer(flow, user).containsKey("code"), wish.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-prompt-login")
  void promptLoginAuthenticatesAgain(ResponseMode mode) throws Exception {
    RelyingParty party = party(mode);
    long first = authTime(party, party.request("openid"));
    CLOCK.advance(Duration.ofSeconds(5));
    CodeFlow again = party.request("openid").with("prompt", "login");
    assertTrue(RelyingParty.isLogin(party.send(again)));
    assertNotEquals(first, authTime(party, again));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-prompt-none-not-logged-in")
  void promptNoneWithoutALoginIsLoginRequired(ResponseMode mode) {
    RelyingParty party = party(mode);
    CodeFlow flow = party.request("openid").with("prompt", "none");
    Map<String, String> answer = party.answer(party.send(flow));
    assertEquals("login_required", answer.get("error"));
    assertEquals(CodeFlow.STATE, answer.get("state"));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module({"oidcc-prompt-none-logged-in", "oidcc-id-token-hint"})
  void promptNoneWithALoginSucceedsAtOnce(ResponseMode mode) throws Exception {
    RelyingParty party = party(mode);
    Tokens before = party.tokens(party.request("openid"), user);
    for (CodeFlow silent :
        List.of(
            party.request("openid").with("prompt", "none"),
            party.request("openid").with("prompt", "none").with("id_token_hint", before.id()))) {
      String code = party.answer(party.send(silent)).get("code");
      JsonNode claims = party.validated(Tokens.of(silent.redeem(code)).id());
      assertEquals(Tokens.claims(before.id()).get("sub"), claims.get("sub"));
      assertEquals(Tokens.claims(before.id()).get("auth_time"), claims.get("auth_time"));
    }
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module({"oidcc-max-age-1", "oidcc-max-age-10000"})
  void maxAgeAuthenticatesAgainWhenTheLoginIsOlder(ResponseMode mode) throws Exception {
    RelyingParty party = party(mode);
    long first = authTime(party, party.request("openid"));
    CLOCK.advance(Duration.ofSeconds(2));
    assertEquals(first, authTime(party, party.request("openid").with("max_age", "10000")));
    CodeFlow young = party.request("openid").with("max_age", "1");
    assertTrue(RelyingParty.isLogin(party.send(young)));
    assertNotEquals(first, authTime(party, young));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module({"oidcc-codereuse", "oidcc-codereuse-30seconds"})
  void aCodeIsGoodForOneUseAndTheSecondEndsWhatTheFirstGave(ResponseMode mode) {
    for (Duration later : List.of(Duration.ZERO, Duration.ofSeconds(30))) {
      RelyingParty party = party(mode);
      CodeFlow flow = party.request("openid");
      String code = party.answer(flow, user).get("code");
      Tokens tokens = Tokens.of(flow.redeem(code));
      CLOCK.advance(later);
      assertEquals("invalid_grant", Http.body(400, flow.redeem(code)).get("error").asText());
      assertEquals(
          401,
          new Http(server)
              .get("/oauth2/userinfo", "Authorization", "Bearer " + tokens.access())
              .statusCode());
    }
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-ensure-registered-redirect-uri")
  void anUnregisteredRedirectUriGetsAPage(ResponseMode mode) {
    RelyingParty party = party(mode);
    HttpResponse<String> page =
        party.send(party.request("openid").with("redirect_uri", "https://client.example/other"));
    assertEquals(400, page.statusCode());
    assertFalse(page.body().contains("<form"), page.body());
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-ensure-post-request-succeeds")
  void anAuthorizationRequestMayBePosted(ResponseMode mode) {
    RelyingParty party = party(mode);
    HttpResponse<String> first = party.post(party.request("openid"));
    Map<String, String> answer = party.answer(party.browser().finish(first, user));
    assertTrue(answer.containsKey("code"));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-server-client-secret-post")
  void aClientMayAuthenticateInTheBody(ResponseMode mode) {
    TestClient posting =
        ClientBuilder.web(server).authMethod("client_secret_post").withoutPkce().register();
    RelyingParty party = new RelyingParty(server, posting, mode);
    CodeFlow flow = party.request("openid");
    Map<String, String> form = flow.redemption(party.answer(flow, user).get("code"));
    form.put("client_id", posting.clientId());
    form.put("client_secret", posting.secret());
    assertFalse(Tokens.of(new Http(server).form("/oauth2/token", form)).id().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-refresh-token")
  void offlineAccessBringsARefreshTokenThatWorks(ResponseMode mode) throws Exception {
    RelyingParty party = party(mode);
    Tokens tokens =
        party.tokens(party.request("openid offline_access").with("prompt", "consent"), user);
    Tokens refreshed = Tokens.of(client.refresh(tokens.refresh()));
    JsonNode before = party.validated(tokens.id());
    JsonNode after = party.validated(refreshed.id());
    for (String same : List.of("iss", "sub", "aud", "auth_time")) {
      assertEquals(before.get(same), after.get(same), same);
    }
    assertEquals(after.get("sub"), party.userInfo(refreshed.access()).get("sub"));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-ensure-request-with-valid-pkce-succeeds")
  void aCodeChallengeIsTaken(ResponseMode mode) {
    RelyingParty party = party(mode);
    CodeFlow flow =
        party
            .request("openid")
            .with("code_challenge", CodeFlow.CHALLENGE)
            .with("code_challenge_method", "S256");
    assertFalse(party.tokens(flow, user).id().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module("oidcc-claims-essential")
  void anEssentialClaimIsTold(ResponseMode mode) {
    RelyingParty party = party(mode);
    CodeFlow flow =
        party.request("openid").with("claims", "{\"userinfo\": {\"name\": {\"essential\": true}}}");
    assertTrue(party.userInfo(party.tokens(flow, user).access()).has("name"));
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Module({
    "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported",
    "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported",
    "oidcc-request-uri-unsigned",
    "oidcc-idtoken-unsigned"
  })
  void nothingUnsignedIsSupported(ResponseMode mode) {
    RelyingParty party = party(mode);
    CodeFlow object = party.request("openid").with("request", "eyJhbGciOiJub25lIn0.e30.");
    assertEquals("request_not_supported", party.answer(party.send(object)).get("error"));
    CodeFlow uri =
        party.request("openid").with("request_uri", "https://client.example/request.jwt");
    assertEquals("request_uri_not_supported", party.answer(party.send(uri)).get("error"));
    JsonNode metadata = Http.body(200, new Http(server).get("/.well-known/openid-configuration"));
    assertFalse(metadata.get("request_uri_parameter_supported").asBoolean());
    assertFalse(metadata.get("id_token_signing_alg_values_supported").toString().contains("none"));
  }

  private static long authTime(RelyingParty party, CodeFlow flow) throws Exception {
    return party.validated(party.tokens(flow, user).id()).get("auth_time").asLong();
  }

  private static RelyingParty party(ResponseMode mode) {
    return new RelyingParty(server, client, mode);
  }

  private static String unescaped(String html) {
    return html.replace("&#34;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
