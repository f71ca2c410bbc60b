package dev.gatewright.persistence.ledger;

import dev.gatewright.Forms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request to whichever node.
 *
 * @param body empty for none
 */
record Request(String method, String path, String body, Map<String, String> headers) {
  static Request get(String path) {
    return new Request("GET", path, "", Map.of());
  }

  static Request form(String path, Map<String, String> fields) {
    return new Request(
        "POST",
        path,
        Forms.encode(List.copyOf(fields.entrySet())),
        Map.of("Content-Type", "application/x-www-form-urlencoded"));
  }

  static Request json(String method, String path, String body) {
    return new Request(method, path, body, Map.of("Content-Type", "application/json"));
  }

  Request with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Request(method, path, body, more);
  }

  /** Authorized by an access token (RFC 6750 §2.1). */
  Request bearing(String accessToken) {
    return with("Authorization", "Bearer " + accessToken);
  }
}
