package dev.gatewright.persistence.ledger;

import dev.gatewright.Forms;
import dev.gatewright.TestClient;
import dev.gatewright.oauth.Pkce;
import java.util.List;
import java.util.Map;

/** The clients that the actors use, from a bootstrap file, and the requests of these clients. */
final class Scene {
  static final String SECRET = "a-secret-of-the-tests-that-is-long-enough-000";
  static final String SCOPE = "openid user:read user:write offline_access";
  static final List<String> CLIENTS = List.of("ledger-one", "ledger-two");

  /** Rotates keys, and may introspect every token for this server. */
  private static final String KEEPER = "keeper";

  static final String BOOTSTRAP =
      """
      clients:
        - client_id: ledger-one
          client_name: One
          client_secret: %1$s
          grant_types: [authorization_code, refresh_token]
          redirect_uris: [https://client.example/callback]
          scope: %2$s
        - client_id: ledger-two
          client_name: Two
          client_secret: %1$s
          grant_types: [authorization_code, refresh_token]
          redirect_uris: [https://client.example/callback]
          scope: %2$s
        - client_id: keeper
          client_name: Keeper
          client_secret: %1$s
          grant_types: [client_credentials]
          scope: keys:read keys:write
          access_token_signed_response_alg: RS256
          resource_server_for: ["${issuer}"]
      """
          .formatted(SECRET, SCOPE);

  private static final String VERIFIER = "a-code-verifier-of-the-tests.43-characters-or-more~";
  private static final String REDIRECT_URI = "https://client.example/callback";

  private Scene() {}

  /** An authorization request, as a path. */
  static String authorization(String clientId, Map<String, String> more) {
    String rest = more.isEmpty() ? "" : "&" + Forms.encode(List.copyOf(more.entrySet()));
    return "/oauth2/auth?"
        + Forms.encode(
            List.of(
                Map.entry("response_type", "code"),
                Map.entry("client_id", clientId),
                Map.entry("redirect_uri", REDIRECT_URI),
                Map.entry("scope", SCOPE),
                Map.entry("code_challenge", Pkce.challengeOf(VERIFIER)),
                Map.entry("code_challenge_method", "S256")))
        + rest;
  }

  /** The code in a redirect to the client; empty in any other answer. */
  static String code(Reply reply) {
    return reply.location().startsWith(REDIRECT_URI) ? reply.parameter("code") : "";
  }

  static Request redemption(String clientId, String code) {
    return token(
        clientId,
        Map.of(
            "grant_type", "authorization_code",
            "code", code,
            "redirect_uri", REDIRECT_URI,
            "code_verifier", VERIFIER));
  }

  static Request refresh(String clientId, String refreshToken) {
    return token(clientId, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  static Request revocation(String clientId, String token) {
    return authenticated(clientId, Request.form("/oauth2/revoke", Map.of("token", token)));
  }

  static Request introspection(String token) {
    return authenticated(KEEPER, Request.form("/oauth2/introspect", Map.of("token", token)));
  }

  static Request keeperToken() {
    return token(
        KEEPER, Map.of("grant_type", "client_credentials", "scope", "keys:read keys:write"));
  }

  private static Request token(String clientId, Map<String, String> form) {
    return authenticated(clientId, Request.form("/oauth2/token", form));
  }

  private static Request authenticated(String clientId, Request request) {
    return request.with("Authorization", TestClient.basic(clientId, SECRET));
  }
}
