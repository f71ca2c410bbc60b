package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Refresh tokens; their lifetimes belong to clients.
 *
 * @param reuseGrace how long after its first use a refresh token is answered once more by the same
 *     successor, as long as nobody has used that
 */
@ConfigurationProperties("gatewright.refresh-tokens")
public record RefreshTokenSettings(@Bindable(defaultValue = "0s") Duration reuseGrace) {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  public RefreshTokenSettings {
    if (reuseGrace.isNegative() || reuseGrace.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(
          "gatewright.refresh-tokens.reuse-grace", reuseGrace, "a duration from 0s to 60s");
    }
  }
}
