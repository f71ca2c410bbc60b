package dev.gatewright.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.Tokens;
import dev.gatewright.oauth.ResponseMode;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;

/**
 * A relying party as the conformance suite plays one: a confidential client that sends no code
 * challenge, in a response mode, with a browser of its own.
 */
final class RelyingParty {
  private final TestServer server;
  private final TestClient client;
  private final ResponseMode mode;
  private final Browser browser;

  RelyingParty(TestServer server, TestClient client, ResponseMode mode) {
    this.server = server;
    this.client = client;
    this.mode = mode;
    this.browser = new Browser(server);
  }

  Browser browser() {
    return browser;
  }

  TestClient client() {
    return client;
  }

  /** An authorization request without a code challenge. */
  CodeFlow request(String scope) {
    CodeFlow flow =
        client.flow().without("code_challenge", "code_challenge_method").with("scope", scope);
    return mode == ResponseMode.QUERY ? flow : flow.with("response_mode", mode.value());
  }

  /** The first answer of the authorization endpoint. */
  HttpResponse<String> send(CodeFlow flow) {
    return flow.send(browser);
  }

  /** The answer at the redirect URI, once the user has logged in and consented where asked to. */
  Map<String, String> answer(CodeFlow flow, User user) {
    return answer(browser.finish(flow.send(browser), user));
  }

  /** The parameters that an answer brings to the redirect URI, in this response mode. */
  Map<String, String> answer(HttpResponse<String> response) {
    Map<String, String> parameters = new HashMap<>();
    if (mode == ResponseMode.FORM_POST) {
      assertEquals(200, response.statusCode(), response.body());
      assertTrue(response.body().contains("action=\"" + client.redirectUri()), response.body());
      parameters.putAll(Browser.hiddenFields(response));
    } else {
      Answer answer = Answer.of(response);
      assertTrue(answer.location().startsWith(client.redirectUri()), answer.location());
      answer.parameters().forEach((name, values) -> parameters.put(name, values.getFirst()));
    }
    assertEquals(server.issuer(), parameters.get("iss"));
    return parameters;
  }

  /** The whole flow. */
  Tokens tokens(CodeFlow flow, User user) {
    return Tokens.of(flow.redeem(answer(flow, user).get("code")));
  }

  JsonNode userInfo(String accessToken) {
    return Http.body(
        200, new Http(server).get("/oauth2/userinfo", "Authorization", "Bearer " + accessToken));
  }

  /** The claims of an ID token, once its signature, issuer, audience and times are right. */
  JsonNode validated(String idToken) throws Exception {
    SignedJWT jwt = SignedJWT.parse(idToken);
    JWKSet keys = JWKSet.parse(new Http(server).get("/.well-known/jwks.json").body());
    JWK key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
    PublicKey publicKey = ((AsymmetricJWK) key).toPublicKey();
    JWSVerifier verifier =
        new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), publicKey);
    assertTrue(jwt.verify(verifier));
    JsonNode claims = Tokens.claims(idToken);
    assertEquals(server.issuer(), claims.get("iss").asText());
    assertEquals(client.clientId(), claims.get("aud").asText());
    assertTrue(claims.get("exp").asLong() > claims.get("iat").asLong());
    assertTrue(claims.has("auth_time"));
    return claims;
  }

  /** Whether this answer sends the browser to the login page. */
  static boolean isLogin(HttpResponse<String> response) {
    return Http.header(response, "Location").startsWith("/login?");
  }

  /** Posts an authorization request, as a form of the relying party does. */
  HttpResponse<String> post(CodeFlow flow) {
    return browser
        .http()
        .send(
            "POST",
            "/oauth2/auth",
            flow.query(),
            "Content-Type",
            "application/x-www-form-urlencoded");
  }
}
