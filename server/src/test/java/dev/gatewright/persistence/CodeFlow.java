package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.RegisteredClient;
import dev.gatewright.client.TestClients;
import dev.gatewright.user.User;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** One client's authorization code flow with PKCE (RFC 7636), step by step, at any node. */
final class CodeFlow {
  /** RFC 7636 appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final String clientId;
  private final String clientSecret;
  private final String redirectUri;

  /** Of a client that is registered. */
  CodeFlow(String clientId, String clientSecret, String redirectUri) {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.redirectUri = redirectUri;
  }

  private CodeFlow(RegisteredClient client) {
    this(
        client.client().clientId(),
        Objects.requireNonNull(client.clientSecret()),
        client.client().redirectUris().getFirst());
  }

  /** Of a new client that always gets refresh tokens and may introspect its own tokens. */
  static CodeFlow ofNewClient(TestServer server) {
    return new CodeFlow(
        server
            .bean(ClientRegistrations.class)
            .create(
                TestClients.with(
                    TestClients.web(TestUsers.freshName()), "refresh_token_policy", "always"),
                TestClients.ANYTHING));
  }

  String clientId() {
    return clientId;
  }

  /** The authorization request, as a path. */
  String authorizationRequest(Map<String, String> more) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", clientId());
    parameters.put("redirect_uri", redirectUri);
    parameters.put("scope", "openid user:read");
    parameters.put("code_challenge", CHALLENGE);
    parameters.put("code_challenge_method", "S256");
    parameters.putAll(more);
    return "/oauth2/auth?" + form(parameters);
  }

  /** Goes from the authorization request through login and consent to the code. */
  Map<String, String> logInAndConsent(Http browser, User user, Map<String, String> more) {
    return logInAndConsent(browser, user.username(), more);
  }

  Map<String, String> logInAndConsent(Http browser, String username, Map<String, String> more) {
    Map<String, String> login = query(redirect(browser.get(authorizationRequest(more))));
    String resume = logIn(browser, username, login);
    Map<String, String> consent = query(redirect(browser.get(resume)));
    String resumeAgain =
        redirect(
            browser.form(
                "/consent",
                Map.of(
                    "csrf_token", browser.csrf("/consent?" + form(consent)),
                    "client_id", consent.get("client_id"),
                    "request_uri", consent.get("request_uri"),
                    "decision", "allow")));
    return answer(browser.get(resumeAgain));
  }

  /** Logs in at the login page that a request was sent to, and returns where that sends on to. */
  static String logIn(Http browser, User user, Map<String, String> login) {
    return logIn(browser, user.username(), login);
  }

  private static String logIn(Http browser, String username, Map<String, String> login) {
    return redirect(
        browser.form(
            "/login",
            Map.of(
                "csrf_token", browser.csrf("/login?" + form(login)),
                "login", username,
                "password", TestUsers.PASSWORD,
                "client_id", login.get("client_id"),
                "request_uri", login.get("request_uri"))));
  }

  /** The parameters that come back to the client. */
  Map<String, String> answer(HttpResponse<String> response) {
    String location = Http.header(response, "Location");
    assertTrue(location.startsWith(redirectUri), response + " " + location + response.body());
    return query(location);
  }

  HttpResponse<String> redeem(Http http, String code) {
    return http.form(
        "/oauth2/token",
        Map.of(
            "grant_type", "authorization_code",
            "code", code,
            "redirect_uri", redirectUri,
            "code_verifier", VERIFIER),
        "Authorization",
        credentials());
  }

  HttpResponse<String> refresh(Http http, JsonNode tokens) {
    return http.form(
        "/oauth2/token",
        Map.of("grant_type", "refresh_token", "refresh_token", text(tokens, "refresh_token")),
        "Authorization",
        credentials());
  }

  HttpResponse<String> revoke(Http http, String token) {
    return http.form("/oauth2/revoke", Map.of("token", token), "Authorization", credentials());
  }

  HttpResponse<String> introspect(Http http, String token) {
    return http.form("/oauth2/introspect", Map.of("token", token), "Authorization", credentials());
  }

  /** {@code GET /api/user} with the access token. */
  static HttpResponse<String> user(Http http, JsonNode tokens) {
    return http.get("/api/user", "Authorization", "Bearer " + text(tokens, "access_token"));
  }

  static String text(JsonNode json, String field) {
    return json.get(field).asText();
  }

  /** Where a response redirects to within the server. */
  static String redirect(HttpResponse<String> response) {
    assertEquals(303, response.statusCode(), () -> response + " " + response.body());
    URI location = URI.create(Http.header(response, "Location"));
    return location.getRawPath() + "?" + location.getRawQuery();
  }

  static Map<String, String> query(String location) {
    String query = location.substring(location.indexOf('?') + 1);
    return Arrays.stream(query.split("&"))
        .map(parameter -> parameter.split("=", 2))
        .collect(Collectors.toMap(pair -> decode(pair[0]), pair -> decode(pair[1])));
  }

  private String credentials() {
    return TestClient.basic(clientId, clientSecret);
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
