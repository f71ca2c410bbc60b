package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long a browser stays logged in.
 *
 * @param idleTimeout ends a session that was not used for so long
 * @param lifetime ends a session that long after the login, used or not
 * @param requestLifetime how long an authorization request waits for a login or a consent
 */
@ConfigurationProperties("gatewright.sessions")
public record SessionSettings(
    @Bindable(defaultValue = "1h") Duration idleTimeout,
    @Bindable(defaultValue = "12h") Duration lifetime,
    @Bindable(defaultValue = "30m") Duration requestLifetime) {
  public SessionSettings {
    requirePositive("idle-timeout", idleTimeout);
    requirePositive("lifetime", lifetime);
    requirePositive("request-lifetime", requestLifetime);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new InvalidSettingException(
          "gatewright.sessions." + name, duration, "a duration of at least 1s, such as 30m or 12h");
    }
  }
}
