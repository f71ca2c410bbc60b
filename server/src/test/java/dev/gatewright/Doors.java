package dev.gatewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;

/** The three places of a server that look at access tokens: its API, userinfo and introspection. */
public final class Doors {
  private final Http http;
  private final TestClient resourceServer;

  public Doors(TestServer server) {
    this.http = new Http(server);
    this.resourceServer = ClientBuilder.machine(server).resourceServer().register();
  }

  /** An access token with {@code openid} and {@code user:read} opens all three. */
  public void assertOpenTo(String accessToken) {
    assertEquals(200, call("/api/user", accessToken).statusCode());
    assertEquals(200, call("/oauth2/userinfo", accessToken).statusCode());
    assertTrue(introspect(accessToken).get("active").asBoolean());
  }

  /** None of them opens, and each says so the way its specification wants. */
  public void assertClosedTo(String token) {
    assertRefused(call("/api/user", token));
    assertRefused(call("/oauth2/userinfo", token));
    JsonNode answer = introspect(token);
    assertEquals("{\"active\":false}", answer.toString(), "RFC 7662 section 2.2");
  }

  private static void assertRefused(HttpResponse<String> response) {
    assertEquals(401, response.statusCode(), response.body());
    String challenge = Http.header(response, "WWW-Authenticate");
    assertTrue(challenge.startsWith("Bearer"), "RFC 6750 section 3: " + challenge);
    assertTrue(challenge.contains("error=\"invalid_token\""), "RFC 6750 section 3.1: " + challenge);
  }

  private HttpResponse<String> call(String path, String accessToken) {
    return http.get(path, "Authorization", "Bearer " + accessToken);
  }

  private JsonNode introspect(String token) {
    return Http.body(200, resourceServer.post("/oauth2/introspect", Map.of("token", token)));
  }
}
