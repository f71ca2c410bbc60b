package dev.gatewright.page;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The saved authorization request that a page goes back to when it is done.
 *
 * @param requestUri the name of the saved request, {@code urn:ietf:params:oauth:request_uri:…} (RFC
 *     9126 §2.2)
 * @param clientId the client that asks
 * @param clientName the client's name as people know it
 */
public record PendingRequest(String requestUri, String clientId, String clientName)
    implements Pending {
  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("request_uri", requestUri);
    parameters.put("client_id", clientId);
    return parameters;
  }
}
