package dev.gatewright.persistence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Answer;
import dev.gatewright.Assertion;
import dev.gatewright.Forms;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestKey;
import dev.gatewright.TestUsers;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.Pkce;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A client and a user who is logged in, from a bootstrap file: so that whatever may be used once
 * can be had from a server in another process.
 */
final class Contestant {
  /** Of a client that authenticates by {@code private_key_jwt}. */
  static final TestKey KEY = TestKey.of("ES256", "contestant");

  static final String BOOTSTRAP =
      """
      clients:
        - client_id: contestant
          client_name: Contestant
          client_secret: a-secret-of-the-tests-that-is-long-enough-000
          grant_types:
            - authorization_code
            - refresh_token
            - urn:ietf:params:oauth:grant-type:device_code
          redirect_uris: [https://client.example/callback]
          scope: openid user:read offline_access
          require_consent: false
        - client_id: signer
          client_name: Signer
          token_endpoint_auth_method: private_key_jwt
          grant_types: [client_credentials]
          scope: clients:read
          jwks: %s
      users:
        - username: contestant
          password: %s
      """
          .formatted(TestKey.document(KEY), TestUsers.PASSWORD);

  private static final String CLIENT_ID = "contestant";
  private static final String SECRET = "a-secret-of-the-tests-that-is-long-enough-000";
  private static final String VERIFIER = "a-code-verifier-of-the-tests.43-characters-or-more~";
  private static final String REDIRECT_URI = "https://client.example/callback";

  private final Http browser;

  /** Logs the user in at a server. */
  Contestant(String url) {
    this.browser = new Http(url);
    HttpResponse<String> login =
        browser.form(
            "/login",
            Map.of(
                "csrf_token",
                browser.csrf("/login"),
                "login",
                "contestant",
                "password",
                TestUsers.PASSWORD));
    if (login.statusCode() != 303) {
      throw new AssertionError(login + " " + login.body());
    }
  }

  /** A fresh authorization code. */
  String code() {
    String query =
        Forms.encode(
            List.of(
                Map.entry("response_type", "code"),
                Map.entry("client_id", CLIENT_ID),
                Map.entry("redirect_uri", REDIRECT_URI),
                Map.entry("scope", "openid user:read offline_access"),
                Map.entry("code_challenge", Pkce.challengeOf(VERIFIER)),
                Map.entry("code_challenge_method", "S256")));
    return Answer.of(browser.get("/oauth2/auth?" + query)).value("code");
  }

  /** What redeems a code. */
  static Map<String, String> redemption(String code) {
    return Map.of(
        "grant_type", "authorization_code",
        "code", code,
        "redirect_uri", REDIRECT_URI,
        "code_verifier", VERIFIER);
  }

  /** A fresh device code, which the user has allowed. */
  String deviceCode() {
    HttpResponse<String> answer =
        browser.form(
            "/oauth2/device_authorization",
            Map.of("scope", "openid user:read offline_access"),
            "Authorization",
            TestClient.basic(CLIENT_ID, SECRET));
    JsonNode device = Http.body(200, answer);
    String userCode = device.get("user_code").asText();
    browser.form(
        "/device",
        Map.of(
            "csrf_token",
            browser.csrf("/device?user_code=" + userCode),
            "user_code",
            userCode,
            "decision",
            "allow"));
    return device.get("device_code").asText();
  }

  /** What redeems a device code. */
  static Map<String, String> poll(String deviceCode) {
    return Map.of("grant_type", GrantType.DEVICE_CODE, "device_code", deviceCode);
  }

  /** What uses a refresh token. */
  static Map<String, String> refresh(String refreshToken) {
    return Map.of("grant_type", "refresh_token", "refresh_token", refreshToken);
  }

  /** A token request that a fresh assertion authenticates (RFC 7523 §2.2). */
  static Map<String, String> assertion(String issuer) {
    String jwt =
        KEY.sign(
            Map.of(
                "iss",
                "signer",
                "sub",
                "signer",
                "aud",
                issuer,
                "exp",
                Instant.now().plusSeconds(60).getEpochSecond(),
                "jti",
                UUID.randomUUID().toString()));
    return Assertion.in(Map.of("grant_type", "client_credentials"), jwt);
  }

  /** A fresh refresh token. */
  String refreshToken() {
    JsonNode tokens = Http.body(200, token(browser, redemption(code())));
    return tokens.get("refresh_token").asText();
  }

  /** The answer of the token endpoint to the client. */
  static HttpResponse<String> token(Http http, Map<String, String> form) {
    return http.form("/oauth2/token", form, "Authorization", TestClient.basic(CLIENT_ID, SECRET));
  }
}
