package dev.gatewright.page;

import java.util.Map;

/**
 * A device that a person wants to connect (RFC 8628 §3.3). Whether it exists is not known yet.
 *
 * @param userCode what the person read on it, {@code WDJB-MJHT}
 */
public record PendingDevice(String userCode) implements Pending {
  @Override
  public Map<String, String> parameters() {
    return Map.of("user_code", userCode);
  }
}
