package dev.gatewright.persistence;

import java.util.Map;

/**
 * What may be used once at the token endpoint. A new kind is a constant here, and {@link
 * SingleUseTest} races for it.
 */
enum SingleUse {
  /** RFC 6749 §4.1.2. */
  AUTHORIZATION_CODE {
    @Override
    Map<String, String> fresh(Contestant contestant) {
      return Contestant.redemption(contestant.code());
    }
  },

  /** RFC 8628 §3.4. */
  DEVICE_CODE {
    @Override
    Map<String, String> fresh(Contestant contestant) {
      return Contestant.poll(contestant.deviceCode());
    }
  },

  /** OAuth 2.1 §4.3.1. */
  REFRESH_TOKEN {
    @Override
    Map<String, String> fresh(Contestant contestant) {
      return Contestant.refresh(contestant.refreshToken());
    }
  };

  /** The token request that uses a fresh one. */
  abstract Map<String, String> fresh(Contestant contestant);
}
