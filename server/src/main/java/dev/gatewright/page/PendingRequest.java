package dev.gatewright.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/**
 * The saved authorization request that a page goes back to when it is done. Every link and form of
 * the page carries it along.
 *
 * @param requestUri the name of the saved request, {@code urn:ietf:params:oauth:request_uri:…} (RFC
 *     9126 §2.2)
 * @param clientId the client that asks
 * @param clientName the client's name as people know it
 */
public record PendingRequest(String requestUri, String clientId, String clientName) {

  /**
   * The path with this request in its query: {@code /login?request_uri=…&client_id=…},
   * percent-encoded.
   */
  public String link(String path) {
    return path
        + "?request_uri="
        + URLEncoder.encode(requestUri, UTF_8)
        + "&client_id="
        + URLEncoder.encode(clientId, UTF_8);
  }
}
