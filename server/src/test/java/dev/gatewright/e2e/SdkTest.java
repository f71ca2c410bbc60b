package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.client.Gatewright;
import dev.gatewright.client.api.AccountApi;
import dev.gatewright.client.api.ClientsApi;
import dev.gatewright.client.auth.AccessToken;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.auth.OAuth2SessionBuilder;
import dev.gatewright.client.auth.TokenStore;
import dev.gatewright.client.auth.Tokens;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.http.Answer;
import dev.gatewright.client.model.ClientPatch;
import dev.gatewright.client.model.ClientRegistration;
import dev.gatewright.client.model.ClientWithSecret;
import dev.gatewright.client.model.SignUpRequest;
import dev.gatewright.client.model.User;
import dev.gatewright.client.model.UserPatch;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The Java SDK against the server that it was generated for. */
class SdkTest {
  private static final URI REDIRECT_URI = URI.create("http://127.0.0.1:8765/callback");
  private static final String SECRET = "article-client-secret-for-development-only-000";

  private static TestServer server;
  private static TestUsers users;
  private static Gatewright gatewright;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("gatewright.bootstrap-file", "classpath:bootstrap-dev.yml"));
    users = new TestUsers(server);
    gatewright = Gatewright.connect(server.uri(""));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void codeFlowYieldsTokensThatTheServerAccepts() {
    dev.gatewright.user.User user = users.user();
    OAuth2Session session = client("openid", "profile", "offline_access", "user:read").build();

    Tokens tokens = session.fetchToken(browser(user).open(session.authorizationUrl().uri()));

    assertEquals(user.id().toString(), tokens.idTokenClaims().get("sub"));
    assertTrue(tokens.refreshToken() != null && tokens.scopes().contains("user:read"));
    assertTrue(session.get(URI.create("/api/user")).body().contains(user.username()));
    AccessToken verified = gatewright.verifier(server.issuer()).verify(tokens.accessToken());
    assertEquals(user.id().toString(), verified.subject());
    assertEquals("article-client", verified.clientId());
  }

  @Test
  void redirectThatAnswersAnotherRequestIsRefused() {
    FormBrowser browser = browser(users.user());
    OAuth2Session session = client("openid").build();
    URI answerToAnother = browser.open(client("openid").build().authorizationUrl().uri());
    session.authorizationUrl();

    RefusedResponseException refused =
        assertThrows(RefusedResponseException.class, () -> session.fetchToken(answerToAnother));

    assertEquals(RefusedResponseException.Reason.STATE, refused.reason());
  }

  @Test
  void codeIsRedeemedOnce() {
    OAuth2Session session = client("openid", "user:read").build();
    var request = session.authorizationUrl();
    URI redirect = browser(users.user()).open(request.uri());
    session.fetchToken(redirect, request);

    OAuthErrorException refused =
        assertThrows(OAuthErrorException.class, () -> session.fetchToken(redirect, request));

    assertEquals("invalid_grant", refused.error());
    assertEquals(400, refused.status().orElseThrow());
  }

  @Test
  void refusalAtTheAuthorizationEndpointIsTyped() {
    OAuth2Session session = client("openid").build();
    URI redirect =
        browser(users.user()).open(session.authorizationUrl(Map.of("prompt", "none")).uri());

    OAuthErrorException refused =
        assertThrows(OAuthErrorException.class, () -> session.fetchToken(redirect));

    assertEquals("login_required", refused.error());
  }

  @Test
  void wrongClientSecretIsTyped() {
    OAuth2Session session =
        gatewright
            .newSession()
            .clientId("orders-machine")
            .clientSecret("not-the-secret-of-this-client-at-all-0000000")
            .clientCredentials()
            .build();

    OAuthErrorException refused = assertThrows(OAuthErrorException.class, session::accessToken);

    assertEquals("invalid_client", refused.error());
    assertEquals(401, refused.status().orElseThrow());
  }

  @Test
  void manyThreadsRefreshOnce() throws Exception {
    TokenStore store = TokenStore.inMemory();
    OAuth2Session earlier = client("user:read", "offline_access").tokenStore(store).build();
    Tokens first = earlier.fetchToken(browser(users.user()).open(earlier.authorizationUrl().uri()));
    Clock anHourLater = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    OAuth2Session now =
        client(
                Gatewright.builder(server.uri("")).clock(anHourLater).build(),
                "user:read",
                "offline_access")
            .tokenStore(store)
            .build();

    List<String> accessTokens;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Callable<String>> calls =
          Stream.generate(() -> (Callable<String>) now::accessToken).limit(64).toList();
      accessTokens = threads.invokeAll(calls).stream().map(SdkTest::result).toList();
    }

    assertEquals(1, accessTokens.stream().distinct().count());
    assertNotEquals(first.accessToken(), accessTokens.getFirst());
    // A second refresh by the same token would have been taken for theft and would have ended the
    // family.
    assertEquals(200, now.get(URI.create("/api/user")).statusCode());
  }

  @Test
  void machineGetsATokenForItsResource() {
    OAuth2Session session =
        gatewright
            .newSession()
            .clientId("orders-machine")
            .clientSecret("orders-machine-secret-for-development-only-000")
            .clientCredentials()
            .scopes("orders:write")
            .resources(URI.create("https://api.example/orders"))
            .build();

    AccessToken token =
        gatewright
            .verifier("https://api.example/orders")
            .verify(session.accessToken())
            .requireScopes("orders:write");

    assertEquals("orders-machine", token.subject());
    assertEquals(List.of("https://api.example/orders"), token.audience());
    assertNull(session.tokens().orElseThrow().refreshToken());
  }

  @Test
  void revokedSessionIsOverAtOnce() {
    OAuth2Session session = logIn(users.user());
    Tokens tokens = session.tokens().orElseThrow();
    session.revoke();

    assertThrows(AuthorizationRequiredException.class, session::accessToken);
    ProblemException refused =
        problem(() -> gatewright.withToken(tokens.accessToken()).account().getUser());
    assertEquals(401, refused.status().orElseThrow());
  }

  @Test
  void signUpAndItsMistakesAreTyped() {
    String name = TestUsers.freshName();
    User created = signUp(name, TestUsers.PASSWORD);
    assertEquals(name, created.username());

    ProblemException taken = problem(() -> signUp(name.toUpperCase(), TestUsers.PASSWORD));
    assertEquals(409, taken.status().orElseThrow());
    assertEquals("username", taken.errors().getFirst().field());
    ProblemException tooShort = problem(() -> signUp(TestUsers.freshName(), "short"));
    assertEquals(400, tooShort.status().orElseThrow());
    assertEquals("password", tooShort.errors().getFirst().field());
    assertTrue(tooShort.requestId().orElseThrow().startsWith("urn:uuid:"));
  }

  private static User signUp(String name, String password) {
    return gatewright
        .users()
        .signUp(SignUpRequest.builder().username(name).password(password).build());
  }

  @Test
  void wrongPasswordIsTyped() {
    OAuth2Session session = gatewright.newSession().build();
    String name = users.user().username();

    ProblemException refused =
        assertThrows(ProblemException.class, () -> session.logIn(name, "not the password"));

    assertEquals(401, refused.status().orElseThrow());
  }

  @Test
  void accountIsChangedOnlyFromTheVersionThatWasSeen() {
    AccountApi account = logIn(users.user()).api().account();
    Answer<User> seen = account.getUserCall().exchange();
    String etag = seen.etag().orElseThrow();

    User changed = account.updateUser(UserPatch.builder().name("Countess").build(), etag);

    assertEquals("Countess", changed.name());
    assertEquals(seen.body().email(), changed.email());
    UserPatch late = UserPatch.builder().name("Lady").build();
    assertEquals(412, problem(() -> account.updateUser(late, etag)).status().orElseThrow());
    assertEquals("Countess", account.getUser().name());
  }

  /** RFC 7396: null clears, and is told from what is not mentioned. */
  @Test
  void memberIsClearedByAPatch() {
    AccountApi account = logIn(users.user()).api().account();
    account.updateUser(UserPatch.builder().name("Countess").nickname("Ada").build());

    User cleared = account.updateUser(UserPatch.builder().nickname(null).build());

    assertNull(cleared.nickname());
    assertEquals("Countess", cleared.name());
  }

  @Test
  void administratorManagesClients() {
    ClientsApi clients =
        logIn(users.administrator(), "clients:read", "clients:write").api().clients();
    ClientWithSecret created =
        clients.createClient(
            ClientRegistration.builder()
                .clientName("Machine")
                .grantTypes(List.of("client_credentials"))
                .scope("orders:read")
                .build());
    String id = created.clientId();
    assertEquals(Set.of("orders:read"), machine(created, created.clientSecret()));

    String rotated = clients.rotateClientSecret(id).clientSecret();
    assertEquals(
        401, refusal(() -> machine(created, created.clientSecret())).status().orElseThrow());
    assertEquals(Set.of("orders:read"), machine(created, rotated));

    String etag = clients.getClientCall(id).exchange().etag().orElseThrow();
    clients.updateClient(id, ClientPatch.builder().clientName("Renamed").build(), etag);
    assertEquals("Renamed", clients.getClient(id).clientName());
    ClientPatch late = ClientPatch.builder().clientName("Late").build();
    assertEquals(412, problem(() -> clients.updateClient(id, late, etag)).status().orElseThrow());

    clients.deleteClient(id);
    assertEquals(404, problem(() -> clients.getClient(id)).status().orElseThrow());
    assertEquals("invalid_client", refusal(() -> machine(created, rotated)).error());
  }

  @Test
  void userIsNoAdministrator() {
    ClientsApi clients = logIn(users.user()).api().clients();

    ProblemException refused =
        problem(() ->
            clients.createClient(
                ClientRegistration.builder()
                    .clientName("Mine")
                    .grantTypes(List.of("client_credentials"))
                    .build()));

    assertEquals(403, refused.status().orElseThrow());
    assertTrue(refused.challenge().orElseThrow().contains("insufficient_scope"));
  }

  private static OAuth2SessionBuilder client(String... scopes) {
    return client(gatewright, scopes);
  }

  private static OAuth2SessionBuilder client(Gatewright gatewright, String... scopes) {
    return gatewright
        .newSession()
        .clientId("article-client")
        .clientSecret(SECRET)
        .redirectUri(REDIRECT_URI)
        .scopes(scopes);
  }

  private static FormBrowser browser(dev.gatewright.user.User user) {
    return new FormBrowser(user.username(), TestUsers.PASSWORD);
  }

  private static OAuth2Session logIn(dev.gatewright.user.User user, String... scopes) {
    OAuth2Session session = gatewright.newSession().scopes(scopes).build();
    session.logIn(user.username(), TestUsers.PASSWORD);
    return session;
  }

  /** The scopes of a token that the client gets for itself. */
  private static Set<String> machine(ClientWithSecret client, String secret) {
    OAuth2Session session =
        gatewright
            .newSession()
            .clientId(client.clientId())
            .clientSecret(secret)
            .clientCredentials()
            .build();
    session.accessToken();
    return session.tokens().orElseThrow().scopes();
  }

  private static ProblemException problem(Executable call) {
    return assertThrows(ProblemException.class, call);
  }

  private static OAuthErrorException refusal(Executable call) {
    return assertThrows(OAuthErrorException.class, call);
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
