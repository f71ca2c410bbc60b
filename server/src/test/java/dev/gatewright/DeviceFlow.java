package dev.gatewright;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.oauth.GrantType;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * A device that waits for its user, and what both of them do (RFC 8628).
 *
 * @param client what runs on the device
 * @param answer that of the device authorization endpoint (§3.2)
 */
public record DeviceFlow(TestClient client, JsonNode answer) {
  public static final String PATH = "/oauth2/device_authorization";

  static DeviceFlow begin(TestClient client, Map<String, String> form) {
    return new DeviceFlow(client, Http.body(200, client.post(PATH, form)));
  }

  public String deviceCode() {
    return answer.get("device_code").asText();
  }

  /** As it is shown: {@code WDJB-MJHT}. */
  public String userCode() {
    return answer.get("user_code").asText();
  }

  /** Path and query of {@code verification_uri_complete}. */
  public String page() {
    return "/device?user_code=" + userCode();
  }

  /** Asks the token endpoint whether the user has decided. */
  public HttpResponse<String> poll() {
    return poll(client);
  }

  /** As {@link #poll()}, by any client. */
  public HttpResponse<String> poll(TestClient as) {
    return as.token(Map.of("grant_type", GrantType.DEVICE_CODE, "device_code", deviceCode()));
  }

  /** The error of a poll. */
  public String pollError() {
    return Http.body(400, poll()).get("error").asText();
  }

  /** The page of a user who is logged in. */
  public HttpResponse<String> open(Browser browser) {
    HttpResponse<String> page = browser.get(page());
    assertEquals(200, page.statusCode(), page.body());
    return page;
  }

  /** Opens the page, decides, and returns what is shown then. */
  public HttpResponse<String> decide(Browser browser, String decision) {
    HttpResponse<String> decided =
        browser.submit("/device", open(browser), Map.of("decision", decision));
    assertEquals(303, decided.statusCode(), decided.body());
    return browser.get(Http.header(decided, "Location"));
  }

  /** Allows the device, which then has its tokens. */
  public Tokens tokens(Browser browser) {
    decide(browser, "allow");
    return Tokens.of(poll());
  }
}
