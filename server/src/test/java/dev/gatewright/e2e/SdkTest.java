package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.client.ApiClient;
import dev.gatewright.client.ApiException;
import dev.gatewright.client.ApiResponse;
import dev.gatewright.client.api.AccountApi;
import dev.gatewright.client.api.ClientsApi;
import dev.gatewright.client.api.UsersApi;
import dev.gatewright.client.auth.AccessToken;
import dev.gatewright.client.auth.AccessTokenVerifier;
import dev.gatewright.client.auth.AuthorizationRequiredException;
import dev.gatewright.client.auth.GatewrightException;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.auth.OAuth2SessionBuilder;
import dev.gatewright.client.auth.OAuthErrorException;
import dev.gatewright.client.auth.ProblemException;
import dev.gatewright.client.auth.Provider;
import dev.gatewright.client.auth.RefusedResponseException;
import dev.gatewright.client.auth.TokenStore;
import dev.gatewright.client.auth.Tokens;
import dev.gatewright.client.model.Client;
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
  private static Provider provider;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("gatewright.bootstrap-file", "classpath:bootstrap-dev.yml"));
    users = new TestUsers(server);
    provider = Provider.discover(server.uri(""));
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
    AccessToken verified =
        AccessTokenVerifier.discover(server.uri(""), server.issuer()).verify(tokens.accessToken());
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
        OAuth2Session.builder(provider)
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
        client("user:read", "offline_access").tokenStore(store).clock(anHourLater).build();

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
        OAuth2Session.builder(provider)
            .clientId("orders-machine")
            .clientSecret("orders-machine-secret-for-development-only-000")
            .clientCredentials()
            .scopes("orders:write")
            .resources(URI.create("https://api.example/orders"))
            .build();

    AccessToken token =
        AccessTokenVerifier.discover(server.uri(""), "https://api.example/orders")
            .verify(session.accessToken());

    assertEquals("orders-machine", token.subject());
    assertEquals(List.of("https://api.example/orders"), token.audience());
    assertTrue(token.hasScopes("orders:write"));
    assertNull(session.tokens().orElseThrow().refreshToken());
  }

  @Test
  void revokedSessionIsOverAtOnce() {
    OAuth2Session session = logIn(users.user());
    Tokens tokens = session.tokens().orElseThrow();
    session.revoke();

    assertThrows(AuthorizationRequiredException.class, session::accessToken);
    ApiClient thief = new ApiClient();
    thief.updateBaseUri(server.issuer());
    thief.setRequestInterceptor(
        request -> request.setHeader("Authorization", "Bearer " + tokens.accessToken()));
    ApiException refused = assertThrows(ApiException.class, () -> new AccountApi(thief).getUser());
    assertEquals(401, refused.getCode());
  }

  @Test
  void signUpAndItsMistakesAreTyped() throws ApiException {
    UsersApi api = new UsersApi(anonymous());
    String name = TestUsers.freshName();
    User created = api.signUp(new SignUpRequest().username(name).password(TestUsers.PASSWORD));
    assertEquals(name, created.getUsername());

    ProblemException taken =
        problem(() ->
            api.signUp(
                new SignUpRequest().username(name.toUpperCase()).password(TestUsers.PASSWORD)));
    assertEquals(409, taken.status());
    assertEquals("username", taken.errors().getFirst().field());
    ProblemException tooShort =
        problem(() ->
            api.signUp(new SignUpRequest().username(TestUsers.freshName()).password("short")));
    assertEquals(400, tooShort.status());
    assertEquals("password", tooShort.errors().getFirst().field());
    assertTrue(tooShort.instance().isPresent());
  }

  @Test
  void wrongPasswordIsTyped() {
    OAuth2Session session = OAuth2Session.builder(provider).build();
    String name = users.user().username();

    ProblemException refused =
        assertThrows(ProblemException.class, () -> session.logIn(name, "not the password"));

    assertEquals(401, refused.status());
  }

  @Test
  void accountIsChangedOnlyFromTheVersionThatWasSeen() throws ApiException {
    AccountApi account = new AccountApi(logIn(users.user()).apiClient());
    ApiResponse<User> seen = account.getUserWithHttpInfo();
    String etag = etag(seen);

    User changed = account.updateUser(new UserPatch().name("Countess"), etag);

    assertEquals("Countess", changed.getName());
    assertEquals(seen.getData().getEmail(), changed.getEmail());
    ProblemException late = problem(() -> account.updateUser(new UserPatch().name("Lady"), etag));
    assertEquals(412, late.status());
    assertEquals("Countess", account.getUser().getName());
  }

  @Test
  void administratorManagesClients() throws ApiException {
    ClientsApi clients =
        new ClientsApi(logIn(users.administrator(), "clients:read", "clients:write").apiClient());
    ClientWithSecret created =
        clients.createClient(
            new ClientRegistration()
                .clientName("Machine")
                .grantTypes(List.of("client_credentials"))
                .scope("orders:read"));
    String id = created.getClientId();
    assertEquals(Set.of("orders:read"), machine(created, created.getClientSecret()));

    String rotated = clients.rotateClientSecret(id).getClientSecret();
    assertEquals(
        401, refusal(() -> machine(created, created.getClientSecret())).status().orElseThrow());
    assertEquals(Set.of("orders:read"), machine(created, rotated));

    ApiResponse<Client> seen = clients.getClientWithHttpInfo(id);
    clients.updateClient(id, new ClientPatch().clientName("Renamed"), etag(seen));
    assertEquals("Renamed", clients.getClient(id).getClientName());
    assertEquals(
        412,
        problem(() -> clients.updateClient(id, new ClientPatch().clientName("Late"), etag(seen)))
            .status());

    clients.deleteClient(id, null);
    assertEquals(404, problem(() -> clients.getClient(id)).status());
    assertEquals("invalid_client", refusal(() -> machine(created, rotated)).error());
  }

  @Test
  void userIsNoAdministrator() {
    ClientsApi clients = new ClientsApi(logIn(users.user()).apiClient());

    ApiException refused =
        assertThrows(
            ApiException.class,
            () -> clients.createClient(new ClientRegistration().clientName("Mine")));

    assertEquals(403, refused.getCode());
    assertTrue(
        refused
            .getResponseHeaders()
            .firstValue("WWW-Authenticate")
            .orElseThrow()
            .contains("insufficient_scope"));
  }

  private static OAuth2SessionBuilder client(String... scopes) {
    return OAuth2Session.builder(provider)
        .clientId("article-client")
        .clientSecret(SECRET)
        .redirectUri(REDIRECT_URI)
        .scopes(scopes);
  }

  private static FormBrowser browser(dev.gatewright.user.User user) {
    return new FormBrowser(user.username(), TestUsers.PASSWORD);
  }

  private static OAuth2Session logIn(dev.gatewright.user.User user, String... scopes) {
    OAuth2Session session = OAuth2Session.builder(provider).scopes(scopes).build();
    session.logIn(user.username(), TestUsers.PASSWORD);
    return session;
  }

  private static ApiClient anonymous() {
    ApiClient client = new ApiClient();
    client.updateBaseUri(server.issuer());
    return client;
  }

  /** The scopes of a token that the client gets for itself. */
  private static Set<String> machine(ClientWithSecret client, String secret) {
    OAuth2Session session =
        OAuth2Session.builder(provider)
            .clientId(client.getClientId())
            .clientSecret(secret)
            .clientCredentials()
            .build();
    session.accessToken();
    return session.tokens().orElseThrow().scopes();
  }

  private static String etag(ApiResponse<?> response) {
    return response.getHeaders().get("etag").getFirst();
  }

  private static ProblemException problem(Executable call) {
    ApiException failure = assertThrows(ApiException.class, call);
    return (ProblemException) GatewrightException.from(failure);
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
