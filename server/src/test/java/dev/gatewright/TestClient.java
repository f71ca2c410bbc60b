package dev.gatewright;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client that is registered at a {@link TestServer}; {@link ClientBuilder} makes it.
 *
 * @param secret empty for a public client
 * @param redirectUri the first one registered; empty when none is
 */
public record TestClient(TestServer server, String clientId, String secret, String redirectUri) {

  public boolean isPublic() {
    return secret.isEmpty();
  }

  /** The headers by which it authenticates: HTTP Basic, or none for a public client. */
  public String[] authentication() {
    return isPublic() ? new String[0] : new String[] {"Authorization", basic(clientId, secret)};
  }

  /** The value of {@code Authorization} of RFC 6749 §2.3.1. */
  public static String basic(String clientId, String secret) {
    byte[] pair = (clientId + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Posts a form as this client, authenticated the way it is registered for. */
  public HttpResponse<String> post(String path, Map<String, String> form) {
    Map<String, String> sent = new LinkedHashMap<>(form);
    if (isPublic()) {
      sent.putIfAbsent("client_id", clientId);
    }
    return new Http(server).form(path, sent, authentication());
  }

  /** The answer of the token endpoint to these parameters. */
  public HttpResponse<String> token(Map<String, String> form) {
    return post("/oauth2/token", form);
  }

  public HttpResponse<String> refresh(String refreshToken) {
    return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  /** Tokens for itself (RFC 6749 §4.4). */
  public Tokens ownTokens(String scope) {
    return Tokens.of(token(Map.of("grant_type", "client_credentials", "scope", scope)));
  }

  /** An authorization request of this client that nothing is wrong with. */
  public CodeFlow flow() {
    return new CodeFlow(this);
  }

  /** A device of this client that begins to wait (RFC 8628 §3.1). */
  public DeviceFlow device(String scope) {
    return DeviceFlow.begin(this, Map.of("scope", scope));
  }

  /** A request of the token endpoint in which something is repeated: names and values in order. */
  public HttpResponse<String> tokenWith(List<Map.Entry<String, String>> form) {
    return new Http(server)
        .send(
            "POST",
            "/oauth2/token",
            Forms.encode(form),
            Forms.and(authentication(), "Content-Type", "application/x-www-form-urlencoded"));
  }
}
