package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.api.AccountApi;
import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.transport.Form;
import dev.gatewright.client.transport.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a session does besides logging in by code: for clients themselves, by password, on requests,
 * at the end.
 */
class SessionTest {

  private static final String TOKEN = "/oauth2/token";
  private static final String REVOKE = "/oauth2/revoke";

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);

  @AfterEach
  void stop() {
    provider.close();
  }

  /** RFC 6749 §4.4, RFC 8707 §2.2. */
  @Test
  void clientGetsTokensForItselfAndGetsThemAgain() {
    OAuth2Session session = machine().scopes("users:read", "clients:read").build();
    String first = session.accessToken();

    Asked asked = provider.askedAt(TOKEN).get(0);
    assertEquals("client_credentials", asked.form().get("grant_type"));
    assertEquals("users:read clients:read", asked.form().get("scope"));
    assertEquals("https://api.example/orders", asked.form().get("resource"));
    assertTrue(asked.authorization().startsWith("Basic "));
    assertEquals(first, session.accessToken());
    assertEquals(1, provider.askedAt(TOKEN).size());

    clock.advance(Duration.ofHours(1));
    assertNotEquals(first, session.accessToken());
    assertEquals(2, provider.askedAt(TOKEN).size());
    assertThrows(IllegalStateException.class, session::authorizationUrl);
  }

  @Test
  void passwordLoginBelongsToTheBuiltInClient() {
    OAuth2Session session = provider.gatewright().newSession().build();

    Tokens tokens = session.logIn("ada", "correct horse").tokens();

    assertEquals(
        "{\"login\":\"ada\",\"password\":\"correct horse\"}",
        provider.askedAt("/api/login").get(0).body());
    clock.advance(Duration.ofHours(1));
    session.accessToken();
    Asked refresh = provider.askedAt(TOKEN).get(0);
    assertEquals("gatewright-login", refresh.form().get("client_id"));
    assertEquals(tokens.refreshToken(), refresh.form().get("refresh_token"));
  }

  @Test
  void wrongPasswordIsAProblem() {
    provider.login =
        asked ->
            new Answer(
                401,
                "application/problem+json",
                Json.write(
                    Map.of(
                        "type", "urn:gatewright:problem:invalid-credentials",
                        "title", "Invalid credentials",
                        "status", 401,
                        "instance", "urn:uuid:01936b2e-7c1a-7d4f-9b1e-0a5d3c2b1f00")));
    OAuth2Session session = provider.gatewright().newSession().build();

    ProblemException problem =
        assertThrows(ProblemException.class, () -> session.logIn("ada", "wrong horse"));

    assertEquals(URI.create("urn:gatewright:problem:invalid-credentials"), problem.type());
    assertEquals(401, problem.status().orElseThrow());
    assertFalse(problem.toString().contains("wrong horse"));
  }

  @Test
  void passwordLoginIsForTheBuiltInClientOnly() {
    OAuth2Session session = provider.session().build();

    assertThrows(IllegalStateException.class, () -> session.logIn("ada", "correct horse"));
    assertTrue(provider.askedAt("/api/login").isEmpty());
  }

  /** RFC 7009 §2.1. */
  @Test
  void revocationEndsTheGrantAndForgetsTheTokens() {
    OAuth2Session session = provider.loggedIn(provider.session());
    Tokens tokens = session.tokens().orElseThrow();

    session.revoke();

    Asked asked = provider.askedAt(REVOKE).get(0);
    assertEquals(tokens.refreshToken(), asked.form().get("token"));
    assertEquals("refresh_token", asked.form().get("token_type_hint"));
    assertTrue(asked.authorization().startsWith("Basic "));
    assertTrue(session.tokens().isEmpty());
    assertThrows(AuthorizationRequiredException.class, session::accessToken);
  }

  @Test
  void withoutRefreshTokenTheAccessTokenIsRevoked() {
    OAuth2Session session = machine().build();
    String token = session.accessToken();

    session.revoke();

    Asked asked = provider.askedAt(REVOKE).get(0);
    assertEquals(token, asked.form().get("token"));
    assertEquals("access_token", asked.form().get("token_type_hint"));
  }

  @Test
  void tokensStayWhenTheServerCannotBeToldOfTheirEnd() {
    OAuth2Session session = provider.loggedIn(provider.session());
    provider.revocationEndpoint = asked -> Answer.error(503, "temporarily_unavailable", "later");

    OAuthErrorException error = assertThrows(OAuthErrorException.class, session::revoke);

    assertEquals(503, error.status().orElseThrow());
    assertTrue(session.tokens().isPresent());
  }

  /** OpenID Connect RP-Initiated Logout §2. */
  @Test
  void logoutRevokesAndSaysWhereToSendTheBrowser() {
    OAuth2Session session = provider.loggedIn(provider.session());
    String idToken = String.valueOf(session.tokens().orElseThrow().idToken());

    URI address = session.logOut(URI.create("https://app.example/bye"), "a state");

    assertEquals(1, provider.askedAt(REVOKE).size());
    assertTrue(session.tokens().isEmpty());
    assertTrue(address.toString().startsWith(provider.issuer() + "/oauth2/logout?"));
    assertEquals(
        Map.of(
            "id_token_hint",
            idToken,
            "client_id",
            FakeProvider.CLIENT_ID,
            "post_logout_redirect_uri",
            "https://app.example/bye",
            "state",
            "a state"),
        Form.parse(address.getRawQuery()));
  }

  @Test
  void asynchronousTwinsDoTheSame() {
    OAuth2Session session = provider.gatewright().newSession().build();

    Tokens tokens = session.logInAsync("ada", "correct horse").join().tokens();
    assertEquals(tokens.accessToken(), session.accessTokenAsync().join());
    session.revokeAsync().join();

    assertTrue(session.tokens().isEmpty());
    CompletionException failure =
        assertThrows(CompletionException.class, () -> session.accessTokenAsync().join());
    assertInstanceOf(AuthorizationRequiredException.class, failure.getCause());
  }

  @Test
  void nothingToRevokeIsNoError() {
    provider.session().build().revoke();

    assertTrue(provider.asked.isEmpty());
  }

  @Test
  void requestsCarryTheAccessToken() {
    OAuth2Session session = provider.loggedIn(provider.session());

    HttpResponse<String> response = session.get(URI.create("/api/user"));
    session.api().account().getUser();

    assertEquals(200, response.statusCode());
    List<Asked> asked = provider.askedAt("/api/user");
    assertEquals("Bearer " + session.accessToken(), asked.get(0).authorization());
    assertEquals("Bearer " + session.accessToken(), asked.get(1).authorization());
  }

  @Test
  void generatedClientRenewsTheTokenToo() {
    OAuth2Session session = provider.loggedIn(provider.session());
    AccountApi account = session.api().account();
    account.getUser();
    clock.advance(Duration.ofHours(1));

    account.getUser();

    List<Asked> asked = provider.askedAt("/api/user");
    assertNotEquals(asked.get(0).authorization(), asked.get(1).authorization());
    assertEquals(1, provider.askedAt(TOKEN).size());
  }

  @Test
  void accessTokenIsNotSentWithoutTls() {
    OAuth2Session session = provider.loggedIn(provider.session());

    assertThrows(
        IllegalArgumentException.class, () -> session.get(URI.create("http://api.example/orders")));
  }

  @Test
  void contradictingSettingsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> provider.gatewright().newSession().clientCredentials().build());
    assertThrows(
        IllegalArgumentException.class,
        () -> provider.session().clientAuthentication(ClientAuthentication.NONE).build());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            provider
                .gatewright()
                .newSession()
                .clientAuthentication(ClientAuthentication.CLIENT_SECRET_POST)
                .build());
  }

  private OAuth2SessionBuilder machine() {
    return provider
        .gatewright()
        .newSession()
        .clientId("machine")
        .clientSecret("machine secret")
        .resources(URI.create("https://api.example/orders"))
        .clientCredentials();
  }
}
