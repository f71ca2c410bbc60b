package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.client.Gatewright;
import dev.gatewright.client.api.AuthorizationApi.AuthorizeParameters;
import dev.gatewright.client.api.Operations;
import dev.gatewright.client.auth.DevicePrompt;
import dev.gatewright.client.auth.LoopbackLogin;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.auth.Tokens;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.http.Answer;
import dev.gatewright.client.model.ClientInformation;
import dev.gatewright.client.model.ClientInformationRequest;
import dev.gatewright.client.model.ClientRegistration;
import dev.gatewright.client.model.ClientRegistration.TokenEndpointAuthMethod;
import dev.gatewright.client.model.ClientWithSecret;
import dev.gatewright.client.model.IntrospectionRequest;
import dev.gatewright.client.model.IntrospectionResponse;
import dev.gatewright.client.model.RegistrationTokenRequest;
import dev.gatewright.client.model.RevocationRequest;
import dev.gatewright.client.model.TokenRequest;
import dev.gatewright.client.model.UserInfo;
import dev.gatewright.user.User;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The SDK's ways to log in, and what keeps a session alive, against the server. */
@Timeout(120)
class SdkSessionsTest {
  private static final TestClock CLOCK = new TestClock();
  private static final int MANY = 10_000;

  private static TestServer server;
  private static TestServer lenient;
  private static TestUsers users;

  private final WatchedHttpClient http = new WatchedHttpClient();
  private final Gatewright gatewright = gatewright(server);

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
    lenient = TestServer.start(Map.of("gatewright.refresh-tokens.reuse-grace", "10s"), CLOCK);
    users = new TestUsers(server);
  }

  @AfterAll
  static void stop() {
    server.close();
    lenient.close();
  }

  /** RFC 8252 §7.3: the port is any. */
  @Test
  void programOnTheUsersMachineLogsInByTheBrowser() {
    User user = users.user();
    TestClient tool =
        ClientBuilder.nativeApp(server).redirectUris("http://127.0.0.1/callback").register();

    OAuth2Session session = loggedIn(gatewright, tool, user);

    assertEquals(user.id(), session.api().account().getUser().id());
    assertEquals(user.id().toString(), session.tokens().orElseThrow().idTokenClaims().get("sub"));
  }

  /** RFC 8628. */
  @Test
  void deviceWaitsForItsUser() {
    User user = users.user();
    TestClient tv = ClientBuilder.device(server).register();
    OAuth2Session session =
        gatewright.newSession().clientId(tv.clientId()).scopes("openid", "user:read").build();
    Browser browser = new Browser(server).logIn(user);

    session.logInByDevice(prompt -> answer(tv, browser, prompt, "allow"));

    assertEquals(user.username(), session.api().account().getUser().username());
  }

  @Test
  void deviceIsToldThatItsUserSaidNo() {
    TestClient tv = ClientBuilder.device(server).register();
    OAuth2Session session =
        gatewright.newSession().clientId(tv.clientId()).scopes("openid").build();
    Browser browser = new Browser(server).logIn(users.user());

    OAuthErrorException refused =
        assertThrows(
            OAuthErrorException.class,
            () -> session.logInByDevice(prompt -> answer(tv, browser, prompt, "deny")));

    assertEquals("access_denied", refused.error());
  }

  /** RFC 7523 §3: for the issuer, and another one for each request. */
  @Test
  void clientAuthenticatesByItsPrivateKey() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
    ClientWithSecret client =
        administrator()
            .clients()
            .createClient(
                ClientRegistration.builder()
                    .clientName("Machine")
                    .tokenEndpointAuthMethod(TokenEndpointAuthMethod.PRIVATE_KEY_JWT)
                    .grantTypes(List.of("client_credentials"))
                    .scope("users:read")
                    .jwks(Map.of("keys", List.of(key.toPublicJWK().toJSONObject())))
                    .build());
    OAuth2Session machine =
        gatewright
            .newSession()
            .clientId(client.clientId())
            .privateKey(key)
            .clientCredentials()
            .build();

    String first = machine.accessToken();
    CLOCK.advance(Duration.ofHours(1));

    assertNotEquals(first, machine.accessToken());
    machine
        .api()
        .token()
        .revokeToken(RevocationRequest.builder().token(machine.accessToken()).build());
  }

  /** RFC 7591, RFC 7592. */
  @Test
  void clientRegistersItselfAndLooksAfterItsRegistration() {
    String initial =
        administrator()
            .registrationTokens()
            .createRegistrationToken(RegistrationTokenRequest.builder().name("One client").build())
            .token();
    ClientInformation registered =
        gatewright
            .withToken(initial)
            .registration()
            .registerClient(
                ClientInformationRequest.builder()
                    .clientName("Mine")
                    .redirectUris(List.of("https://app.example/callback"))
                    .build());
    Operations own = gatewright.withToken(registered.registrationAccessToken());

    assertEquals("Mine", own.registration().readRegistration(registered.clientId()).clientName());
    own.registration().deleteRegistration(registered.clientId());
    assertThrows(
        OAuthErrorException.class,
        () -> own.registration().readRegistration(registered.clientId()));
  }

  /** RFC 7662 §2.1, and the token endpoint by hand. */
  @Test
  void operationsForClientsAreCalledAsTheClient() {
    TestClient machine = ClientBuilder.machine(server).scope("users:read").register();
    TestClient api = ClientBuilder.machine(server).resourceServer().register();
    String token =
        gatewright
            .withClient(machine.clientId(), machine.secret())
            .token()
            .issueToken(TokenRequest.builder().grantType("client_credentials").build())
            .accessToken();

    IntrospectionResponse known =
        gatewright
            .withClient(api.clientId(), api.secret())
            .token()
            .introspectToken(IntrospectionRequest.builder().token(token).build());

    assertTrue(known.active());
    assertEquals(machine.clientId(), known.clientId());
  }

  @Test
  void browserStepsAreAnswers() {
    Answer<String> answer =
        gatewright
            .authorization()
            .authorize(
                AuthorizeParameters.builder()
                    .clientId(ClientBuilder.nativeApp(server).register().clientId())
                    .responseType("code")
                    .build());

    assertEquals(303, answer.status());
    assertTrue(answer.location().isPresent());
  }

  @Test
  void userInfoIsRead() {
    User user = users.user();
    OAuth2Session session = loggedIn(gatewright, nativeApp(server), user);

    UserInfo info = session.api().userInfo().getUserInfo();

    assertEquals(user.id().toString(), info.sub());
  }

  @Test
  void tenThousandVirtualThreadsRefreshOnce() throws InterruptedException {
    OAuth2Session session = loggedIn(gatewright, nativeApp(server), users.user());
    String before = session.accessToken();
    long asked = http.count("/oauth2/token");
    CLOCK.advance(Duration.ofHours(1));
    Set<String> tokens = ConcurrentHashMap.newKeySet();
    CountDownLatch ready = new CountDownLatch(MANY);
    CountDownLatch go = new CountDownLatch(1);

    List<Thread> threads =
        IntStream.range(0, MANY)
            .mapToObj(i ->
                Thread.ofVirtual()
                    .start(() -> {
                      ready.countDown();
                      await(go);
                      tokens.add(session.accessToken());
                    }))
            .toList();
    await(ready);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(asked + 1, http.count("/oauth2/token"));
    assertEquals(Set.of(session.accessToken()), tokens);
    assertNotEquals(before, session.accessToken());
    assertEquals(200, session.get(URI.create("/api/user")).statusCode());
  }

  @Test
  void tokenThatWasRevokedIsRenewedOnceAndTheCallMadeAgain() {
    OAuth2Session session = loggedIn(gatewright, nativeApp(server), users.user());
    String revoked = session.accessToken();
    session
        .api()
        .token()
        .revokeToken(
            RevocationRequest.builder().token(revoked).tokenTypeHint("access_token").build());

    session.api().account().getUser();

    assertNotEquals(revoked, session.accessToken());
  }

  /**
   * With a grace the same token has the same successor (docs/decisions/refresh-token-rotation.md).
   */
  @Test
  void lostAnswerIsHadAgainWhereTheServerHasAGrace() {
    Gatewright atLenient = gatewright(lenient);
    OAuth2Session session = loggedIn(atLenient, nativeApp(lenient), new TestUsers(lenient).user());
    CLOCK.advance(Duration.ofHours(1));
    http.loseTokenAnswers(1);

    session.api().account().getUser();
    CLOCK.advance(Duration.ofHours(1));
    session.api().account().getUser();
  }

  @Test
  void lostAnswerEndsTheAuthorizationWhereItHasNone() {
    OAuth2Session session = loggedIn(gatewright, nativeApp(server), users.user());
    CLOCK.advance(Duration.ofHours(1));
    http.loseTokenAnswers(1);

    assertThrows(AuthorizationRequiredException.class, () -> session.api().account().getUser());
    assertTrue(session.tokens().isEmpty());
  }

  @Test
  void logoutEndsTokensAndSaysWhereTheBrowserGoes() {
    OAuth2Session session = loggedIn(gatewright, nativeApp(server), users.user());
    Tokens tokens = session.tokens().orElseThrow();

    URI address = session.logOut();

    assertTrue(address.toString().startsWith(server.issuer() + "/oauth2/logout?id_token_hint="));
    assertThrows(AuthorizationRequiredException.class, session::accessToken);
    assertThrows(
        ProblemException.class,
        () -> gatewright.withToken(tokens.accessToken()).account().getUser());
  }

  private Gatewright gatewright(TestServer at) {
    return Gatewright.builder(at.uri("")).httpClient(http).clock(CLOCK).connect();
  }

  private static TestClient nativeApp(TestServer at) {
    return ClientBuilder.nativeApp(at).redirectUris("http://127.0.0.1/callback").register();
  }

  private static OAuth2Session loggedIn(Gatewright at, TestClient client, User user) {
    OAuth2Session session =
        at.newSession()
            .clientId(client.clientId())
            .scopes("openid", "offline_access", "user:read")
            .build();
    FormBrowser browser = new FormBrowser(user.username(), TestUsers.PASSWORD);
    session.logInByBrowser(
        LoopbackLogin.showing(address -> FormBrowser.visit(browser.open(address))));
    return session;
  }

  private Operations administrator() {
    OAuth2Session session = gatewright.newSession().build();
    session.logIn(users.administrator().username(), TestUsers.PASSWORD).tokens();
    return session.api();
  }

  private static void answer(TestClient tv, Browser browser, DevicePrompt prompt, String decision) {
    new DeviceFlow(tv, JsonNodeFactory.instance.objectNode().put("user_code", prompt.userCode()))
        .decide(browser, decision);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
