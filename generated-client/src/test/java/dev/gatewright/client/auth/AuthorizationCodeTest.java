package dev.gatewright.client.auth;

import static dev.gatewright.client.auth.FakeProvider.CALLBACK;
import static dev.gatewright.client.auth.FakeProvider.CLIENT_ID;
import static dev.gatewright.client.auth.FakeProvider.CLIENT_SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.RefusedResponseException.Reason;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.transport.Form;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the authorization request to the tokens (RFC 6749 §4.1, RFC 7636, RFC 9207). */
class AuthorizationCodeTest {

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);
  private final OAuth2Session session = provider.session().build();

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void authorizationUrlCarriesStateNonceAndPkceS256() {
    AuthorizationRequest request = session.authorizationUrl();

    Map<String, String> query = Form.parse(request.uri().getRawQuery());
    assertTrue(request.uri().toString().startsWith(provider.issuer() + "/oauth2/auth?"));
    assertEquals("code", query.get("response_type"));
    assertEquals(CLIENT_ID, query.get("client_id"));
    assertEquals(CALLBACK.toString(), query.get("redirect_uri"));
    assertEquals("openid offline_access user:read", query.get("scope"));
    assertEquals(request.state(), query.get("state"));
    assertEquals(request.nonce(), query.get("nonce"));
    assertEquals("S256", query.get("code_challenge_method"));
    assertEquals(43, String.valueOf(query.get("code_challenge")).length());
    assertNotEquals(request.codeVerifier(), query.get("code_challenge"));
    assertFalse(query.containsValue(request.codeVerifier()));
  }

  @Test
  void everyRequestHasItsOwnSecrets() {
    AuthorizationRequest one = session.authorizationUrl();
    AuthorizationRequest other = session.authorizationUrl();

    assertNotEquals(one.state(), other.state());
    assertNotEquals(one.nonce(), other.nonce());
    assertNotEquals(one.codeVerifier(), other.codeVerifier());
  }

  @Test
  void furtherParametersAreSentAndOwnOnesCannotBeReplaced() {
    AuthorizationRequest request =
        session.authorizationUrl(Map.of("prompt", "login", "login_hint", "ada & co"));

    Map<String, String> query = Form.parse(request.uri().getRawQuery());
    assertEquals("login", query.get("prompt"));
    assertEquals("ada & co", query.get("login_hint"));
    assertThrows(
        IllegalArgumentException.class, () -> session.authorizationUrl(Map.of("state", "mine")));
  }

  @Test
  void resourcesAreEachAskedFor() {
    OAuth2Session forResources =
        provider
            .session()
            .resources(URI.create("https://api.example/a"), URI.create("https://api.example/b"))
            .build();

    String query = forResources.authorizationUrl().uri().getRawQuery();

    assertTrue(
        query.contains(
            "resource=https%3A%2F%2Fapi.example%2Fa&resource=https%3A%2F%2Fapi.example%2Fb"),
        query);
  }

  @Test
  void codeIsRedeemedWithItsVerifierAndBasicAuthentication() {
    AuthorizationRequest request = session.authorizationUrl();

    Tokens tokens = session.fetchToken(provider.approve(request));

    Asked asked = provider.askedAt("/oauth2/token").get(0);
    assertEquals("authorization_code", asked.form().get("grant_type"));
    assertEquals("the-code", asked.form().get("code"));
    assertEquals(CALLBACK.toString(), asked.form().get("redirect_uri"));
    assertEquals(request.codeVerifier(), asked.form().get("code_verifier"));
    assertNull(asked.form().get("client_secret"));
    String pair = Form.encode(CLIENT_ID) + ":" + Form.encode(CLIENT_SECRET);
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    assertEquals("Basic " + basic, asked.authorization());
    assertEquals("user-1", tokens.idTokenClaims().get("sub"));
    assertEquals(tokens, session.tokens().orElseThrow());
    assertEquals(tokens.accessToken(), session.accessToken());
  }

  @Test
  void secretTravelsInTheBodyWhenSoRegistered() {
    OAuth2Session post =
        provider.session().clientAuthentication(ClientAuthentication.CLIENT_SECRET_POST).build();

    post.fetchToken(provider.approve(post.authorizationUrl()));

    Asked asked = provider.askedAt("/oauth2/token").get(0);
    assertEquals(CLIENT_ID, asked.form().get("client_id"));
    assertEquals(CLIENT_SECRET, asked.form().get("client_secret"));
    assertEquals("null", asked.authorization());
  }

  @Test
  void publicClientNamesItselfInTheBody() {
    OAuth2Session publicClient =
        provider.gatewright().newSession().clientId(CLIENT_ID).redirectUri(CALLBACK).build();

    publicClient.fetchToken(provider.approve(publicClient.authorizationUrl()));

    Asked asked = provider.askedAt("/oauth2/token").get(0);
    assertEquals(CLIENT_ID, asked.form().get("client_id"));
    assertEquals("null", asked.authorization());
  }

  /** RFC 6749 §10.12. */
  @Test
  void wrongStateIsRefusedAndTheRightRedirectStillWorks() {
    AuthorizationRequest request = session.authorizationUrl();
    Map<String, String> forged =
        Map.of("code", "the-code", "state", "forged", "iss", provider.issuer().toString());

    assertRefused(Reason.STATE, FakeProvider.redirect(forged));
    assertRefused(Reason.STATE, FakeProvider.redirect(Map.of("code", "the-code")));
    assertTrue(provider.askedAt("/oauth2/token").isEmpty());
    session.fetchToken(provider.approve(request));
  }

  /** RFC 9207 §2.4. */
  @Test
  void wrongOrMissingIssuerIsRefused() {
    String state = session.authorizationUrl().state();
    Map<String, String> other =
        Map.of("code", "the-code", "state", state, "iss", "https://other.example");

    assertRefused(Reason.ISSUER, FakeProvider.redirect(other));
    assertRefused(Reason.ISSUER, FakeProvider.redirect(Map.of("code", "the-code", "state", state)));
    assertTrue(provider.askedAt("/oauth2/token").isEmpty());
  }

  @Test
  void missingIssuerIsFineWhereItIsNotPromised() {
    provider.metadata.put("authorization_response_iss_parameter_supported", false);
    AuthorizationRequest request = session.authorizationUrl();
    provider.approve(request);

    session.fetchToken(FakeProvider.redirect(Map.of("code", "the-code", "state", request.state())));

    assertEquals(1, provider.askedAt("/oauth2/token").size());
  }

  /** RFC 6749 §4.1.2.1. */
  @Test
  void pastedRefusalIsAnOAuthError() {
    AuthorizationRequest request = session.authorizationUrl();
    URI pasted =
        FakeProvider.redirect(
            Map.of(
                "error",
                "access_denied",
                "error_description",
                "The user said no\r\nand more",
                "state",
                request.state(),
                "iss",
                provider.issuer().toString()));

    OAuthErrorException error =
        assertThrows(OAuthErrorException.class, () -> session.fetchToken(pasted));

    assertEquals("access_denied", error.error());
    assertEquals("The user said no??and more", error.description().orElseThrow());
    assertTrue(error.status().isEmpty());
  }

  /** RFC 6749 §3.1: no parameter more than once. */
  @Test
  void repeatedParameterIsRefused() {
    URI redirect = provider.approve(session.authorizationUrl());

    assertRefused(Reason.MALFORMED, URI.create(redirect + "&code=another"));
  }

  @Test
  void redirectWithoutCodeIsRefused() {
    String state = session.authorizationUrl().state();

    assertRefused(
        Reason.MALFORMED,
        FakeProvider.redirect(Map.of("state", state, "iss", provider.issuer().toString())));
  }

  @Test
  void redirectIsRedeemedOnce() {
    URI redirect = provider.approve(session.authorizationUrl());
    session.fetchToken(redirect);

    assertThrows(IllegalStateException.class, () -> session.fetchToken(redirect));
  }

  @Test
  void refusedCodeIsAnOAuthErrorWithItsStatus() {
    provider.tokenEndpoint = asked -> Answer.error(400, "invalid_grant", "The code is unknown");
    URI redirect = provider.approve(session.authorizationUrl());

    OAuthErrorException error =
        assertThrows(OAuthErrorException.class, () -> session.fetchToken(redirect));

    assertEquals("invalid_grant", error.error());
    assertEquals(400, error.status().orElseThrow());
    assertTrue(session.tokens().isEmpty());
  }

  @Test
  void answerOfSomethingOnTheWayIsATransportFailure() {
    provider.tokenEndpoint = asked -> new Answer(502, "text/html", "<h1>Bad gateway</h1>");
    URI redirect = provider.approve(session.authorizationUrl());

    TransportException failure =
        assertThrows(TransportException.class, () -> session.fetchToken(redirect));

    assertEquals(502, failure.status().orElseThrow());
  }

  @Test
  void tokenResponseWithoutWhatItMustHaveIsRefused() {
    for (Map<String, Object> body :
        List.<Map<String, Object>>of(
            Map.of("token_type", "Bearer", "expires_in", 60),
            Map.of("access_token", "t", "token_type", "mac", "expires_in", 60),
            Map.of("access_token", "t", "token_type", "Bearer"),
            Map.of(
                "access_token",
                "t",
                "token_type",
                "Bearer",
                "expires_in",
                60,
                "scope",
                "openid"))) {
      provider.tokenEndpoint = asked -> Answer.json(200, body);

      assertRefused(Reason.MALFORMED, provider.approve(session.authorizationUrl()));
    }
  }

  private void assertRefused(Reason reason, URI redirect) {
    RefusedResponseException refusal =
        assertThrows(RefusedResponseException.class, () -> session.fetchToken(redirect));
    assertEquals(reason, refusal.reason());
    assertTrue(session.tokens().isEmpty());
  }
}
