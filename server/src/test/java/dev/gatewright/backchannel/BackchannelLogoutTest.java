package dev.gatewright.backchannel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.LogoutFlow;
import dev.gatewright.LogoutReceiver;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.TlsSite;
import dev.gatewright.Tokens;
import dev.gatewright.conformance.Module;
import dev.gatewright.database.Transactions;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Back-Channel Logout: which clients are told what, and when. */
class BackchannelLogoutTest {
  private static final String GOODBYE = "https://client.example/goodbye";
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private static TlsSite site;
  private static TestServer server;
  private static TestUsers users;

  private final LogoutReceiver receiver = new LogoutReceiver(site);
  private final User user = users.user();
  private final Browser browser = new Browser(server).logIn(user);

  @BeforeAll
  static void start() {
    site = TlsSite.start();
    server = TestServer.start(site.trusted());
    users = new TestUsers(server);
  }

  @AfterAll
  static void stop() {
    server.close();
    site.close();
  }

  /** oidcc-backchannel-logout-discovery-endpoint-verification (§2.1). */
  @Test
  @Module("oidcc-backchannel-logout-discovery-endpoint-verification")
  void metadataSaysSo() {
    JsonNode metadata = Http.body(200, browser.get("/.well-known/openid-configuration"));
    assertTrue(metadata.get("backchannel_logout_supported").asBoolean());
    assertTrue(metadata.get("backchannel_logout_session_supported").asBoolean());
  }

  /**
   * oidcc-backchannel-rp-initiated-logout; RP-Initiated Logout §2: before the browser goes back.
   */
  @Test
  @Module("oidcc-backchannel-rp-initiated-logout")
  void clientThatAsksIsToldBeforeTheBrowserComesBack() {
    TestClient client = register(receiver);
    Tokens tokens = tokens(client, browser, user);

    HttpResponse<String> response = new LogoutFlow(tokens.id(), GOODBYE).get(browser);

    assertEquals(1, receiver.count());
    assertEquals(GOODBYE + "?state=" + LogoutFlow.STATE, Http.header(response, "Location"));
    assertEquals(
        "login_required",
        Answer.of(browser.get(client.flow().with("prompt", "none").path())).value("error"));
  }

  /** §2.4, §2.6: whatever a client must check holds. */
  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "PS256"})
  void logoutTokenIsWhatItMustBe(String alg)
      throws ParseException, JOSEException, BadJOSEException {
    TestClient client = builder(receiver).idTokenAlg(alg).register();
    JsonNode idToken = Tokens.claims(tokens(client, browser, user).id());
    Instant before = Instant.now().minusSeconds(1);

    logOut(browser);

    String token = receiver.tokens(1).getFirst();
    assertEquals(alg, SignedJWT.parse(token).getHeader().getAlgorithm().getName());
    JWTClaimsSet claims = verified(token, client, JWSAlgorithm.parse(alg));
    assertEquals(Set.of("iss", "sub", "aud", "iat", "exp", "jti", "events", "sid"), names(claims));
    assertEquals(idToken.get("sub").asText(), claims.getSubject());
    assertEquals(idToken.get("sid").asText(), claims.getStringClaim("sid"));
    assertEquals(Map.of(EVENT, Map.of()), claims.getJSONObjectClaim("events"));
    assertNull(claims.getClaim("nonce"), "§2.4: never");
    Instant issued = claims.getIssueTime().toInstant();
    assertFalse(issued.isBefore(before) || issued.isAfter(Instant.now()), issued.toString());
    assertEquals(issued.plus(Duration.ofMinutes(2)), claims.getExpirationTime().toInstant());
  }

  /** §2.5: a form with the token and nothing else. */
  @Test
  void requestIsAPlainForm() {
    tokens(register(receiver), browser, user);
    logOut(browser);

    TlsSite.Visit visit = receiver.visits(1).getFirst();
    assertEquals("POST", visit.method());
    assertEquals(List.of("application/x-www-form-urlencoded"), header(visit, "Content-type"));
    assertTrue(
        visit.body().matches("logout_token=[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+"));
    assertFalse(visit.headers().containsKey("Cookie"));
    assertFalse(visit.headers().containsKey("Authorization"));
  }

  /** §2.3: every client that took part, however often, is told once; nobody else is. */
  @Test
  void everyClientOfTheSessionIsToldOnce() {
    LogoutReceiver another = new LogoutReceiver(site);
    LogoutReceiver withoutIdToken = new LogoutReceiver(site);
    LogoutReceiver elsewhere = new LogoutReceiver(site);
    LogoutReceiver ofSomeoneElse = new LogoutReceiver(site);
    TestClient client = register(receiver);
    tokens(client, browser, user);
    tokens(client, browser, user);
    tokens(register(another), browser, user);
    String plain =
        register(withoutIdToken)
            .flow()
            .with("scope", "user:read")
            .answer(browser, user)
            .value("code");
    assertNotEquals("", plain);
    tokens(register(elsewhere), new Browser(server).logIn(user), user);
    User other = users.user();
    tokens(register(ofSomeoneElse), new Browser(server).logIn(other), other);

    logOut(browser);

    String one = receiver.tokens(1).getFirst();
    String two = another.tokens(1).getFirst();
    assertEquals(Tokens.claims(one).get("sid"), Tokens.claims(two).get("sid"));
    assertNotEquals(Tokens.claims(one).get("aud"), Tokens.claims(two).get("aud"));
    assertNotEquals(Tokens.claims(one).get("jti"), Tokens.claims(two).get("jti"));
    server.bean(Deliveries.class).deliverDue();
    assertEquals(1, receiver.count());
    assertEquals(0, withoutIdToken.count());
    assertEquals(0, elsewhere.count());
    assertEquals(0, ofSomeoneElse.count());
  }

  /** §2.7: a client with offline_access is told too, though what it was granted stays. */
  @Test
  void clientWhoseGrantOutlivesTheSessionIsToldToo() {
    TestClient client = register(receiver);
    Tokens tokens =
        Tokens.of(
            client
                .flow()
                .redeem(
                    client
                        .flow()
                        .with("scope", "openid offline_access")
                        .answer(browser, user)
                        .value("code")));
    Tokens refreshed = Tokens.of(client.refresh(tokens.refresh()));
    JsonNode sid = Tokens.claims(tokens.id()).get("sid");
    assertEquals(sid, Tokens.claims(refreshed.id()).get("sid"));

    logOut(browser);

    assertEquals(sid, Tokens.claims(receiver.tokens(1).getFirst()).get("sid"));
    assertEquals(200, client.refresh(refreshed.refresh()).statusCode());
  }

  /** A session that the user ends by another password, or by leaving, has ended too. */
  @Test
  void newPasswordTellsTheClientsOfEverySession() {
    LogoutReceiver elsewhere = new LogoutReceiver(site);
    tokens(register(receiver), browser, user);
    tokens(register(elsewhere), new Browser(server).logIn(user), user);
    HttpResponse<String> response =
        new Http(server)
            .json(
                "PUT",
                "/api/user/password",
                "{\"current_password\":\"%s\",\"new_password\":\"another fine password\"}"
                    .formatted(TestUsers.PASSWORD),
                "Authorization",
                users.bearer(user));
    assertEquals(204, response.statusCode(), response.body());
    JsonNode one = Tokens.claims(receiver.tokens(1).getFirst());
    JsonNode two = Tokens.claims(elsewhere.tokens(1).getFirst());
    assertEquals(one.get("sub"), two.get("sub"));
    assertNotEquals(one.get("sid"), two.get("sid"));
  }

  @Test
  void deletedAccountTellsItsClients() {
    Tokens tokens = tokens(register(receiver), browser, user);
    assertEquals(
        204,
        new Http(server)
            .send("DELETE", "/api/user", "", "Authorization", users.bearer(user))
            .statusCode());
    assertEquals(
        Tokens.claims(tokens.id()).get("sub"),
        Tokens.claims(receiver.tokens(1).getFirst()).get("sub"));
  }

  /** A session that its user ends from elsewhere. */
  @Test
  void sessionEndedFromElsewhereTellsItsClientsAlone() {
    LogoutReceiver elsewhere = new LogoutReceiver(site);
    Tokens tokens = tokens(register(receiver), browser, user);
    tokens(register(elsewhere), new Browser(server).logIn(user), user);
    String sid = Tokens.claims(tokens.id()).get("sid").asText();
    assertEquals(
        204,
        new Http(server)
            .send("DELETE", "/api/user/sessions/" + sid, "", "Authorization", users.bearer(user))
            .statusCode());
    assertEquals(sid, Tokens.claims(receiver.tokens(1).getFirst()).get("sid").asText());
    server.bean(Deliveries.class).deliverDue();
    assertEquals(0, elsewhere.count());
  }

  /** The session of one user ends when another logs in, in the same browser. */
  @Test
  void loginOfSomeoneElseTellsTheClientsOfWhoWasThere() {
    Tokens tokens = tokens(register(receiver), browser, user);
    browser.logIn(users.user());
    assertEquals(
        Tokens.claims(tokens.id()).get("sid"),
        Tokens.claims(receiver.tokens(1).getFirst()).get("sid"));
  }

  /** OpenID Connect Core §8.1: by the name that this client knows the user by. */
  @Test
  void pairwiseSubjectIsTheOneOfTheIdToken() {
    Tokens tokens =
        tokens(builder(receiver).option("subject_type", "pairwise").register(), browser, user);
    String subject = Tokens.claims(tokens.id()).get("sub").asText();
    assertNotEquals(user.id().toString(), subject);
    logOut(browser);
    assertEquals(subject, Tokens.claims(receiver.tokens(1).getFirst()).get("sub").asText());
  }

  /** A second login of the same user ends no session; the logout after it ends the one. */
  @Test
  void loginAgainTellsNobodyAndLogoutStillDoes() {
    Tokens tokens = tokens(register(receiver), browser, user);
    browser.logIn(user);
    server.bean(Deliveries.class).deliverDue();
    assertEquals(0, receiver.count());

    logOut(browser);
    assertEquals(
        Tokens.claims(tokens.id()).get("sid"),
        Tokens.claims(receiver.tokens(1).getFirst()).get("sid"));
  }

  /** What was granted in a session cannot be had after it. */
  @Test
  void codeOfAnEndedSessionIsNotRedeemed() {
    TestClient client = register(receiver);
    String code = client.flow().answer(browser, user).value("code");
    logOut(browser);
    assertEquals("invalid_grant", Http.body(400, client.flow().redeem(code)).get("error").asText());
    assertEquals(0, receiver.count());
  }

  /** What does not commit is told to nobody. */
  @Test
  void sessionThatDoesNotEndAfterAllTellsNobody() {
    JsonNode idToken = Tokens.claims(tokens(register(receiver), browser, user).id());
    UUID sid = UUID.fromString(idToken.get("sid").asText());
    Transactions transactions = server.bean(Transactions.class);
    IllegalStateException failure = new IllegalStateException("no commit");
    try {
      transactions.run(() -> {
        server.bean(LogoutNotices.class).enqueue(sid);
        throw failure;
      });
    } catch (IllegalStateException e) {
      assertEquals(failure, e);
    }
    server.bean(Deliveries.class).deliverDue();
    assertEquals(0, receiver.count());

    logOut(browser);
    receiver.visits(1);
  }

  private static ClientBuilder builder(LogoutReceiver receiver) {
    return ClientBuilder.web(server)
        .option("post_logout_redirect_uris", List.of(GOODBYE))
        .option("backchannel_logout_uri", receiver.uri())
        .option("backchannel_logout_session_required", true);
  }

  private static TestClient register(LogoutReceiver receiver) {
    return builder(receiver).register();
  }

  private static Tokens tokens(TestClient client, Browser browser, User user) {
    return Tokens.of(client.flow().redeem(client.flow().answer(browser, user).value("code")));
  }

  private static void logOut(Browser browser) {
    HttpResponse<String> page = browser.get("/logout");
    assertEquals(200, browser.submit("/logout", page, Map.of()).statusCode());
  }

  private static JWTClaimsSet verified(String token, TestClient client, JWSAlgorithm algorithm)
      throws ParseException, JOSEException, BadJOSEException {
    JWKSet keys = JWKSet.parse(new Http(server).get("/.well-known/jwks.json").body());
    DefaultJWTProcessor<?> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("logout+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(algorithm, new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            client.clientId(),
            new JWTClaimsSet.Builder().issuer(server.issuer()).build(),
            Set.of("iat", "exp", "jti", "events", "sub", "sid")));
    return processor.process(token, null);
  }

  private static Set<String> names(JWTClaimsSet claims) {
    return claims.getClaims().keySet();
  }

  private static List<String> header(TlsSite.Visit visit, String name) {
    return visit.headers().getOrDefault(name, List.of());
  }
}
