package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How signing keys follow each other.
 *
 * @param rotationInterval how long a key signs before its successor does
 * @param publishBeforeUse how long a successor is in the JWK set before it signs
 * @param jwksMaxAge how long the JWK set may be cached
 */
@ConfigurationProperties("gatewright.keys")
public record KeySettings(
    @Bindable(defaultValue = "90d") Duration rotationInterval,
    @Bindable(defaultValue = "24h") Duration publishBeforeUse,
    @Bindable(defaultValue = "5m") Duration jwksMaxAge) {
  private static final String PREFIX = "gatewright.keys.";
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(3650);

  /**
   * What a successor is published for beyond the time that the JWK set may be cached: nodes learn
   * of it within seconds, and their clocks may differ by as much.
   */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  public KeySettings {
    if (jwksMaxAge.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new InvalidSettingException(
          PREFIX + "jwks-max-age", jwksMaxAge, "a duration of at least 1s, such as 5m");
    }
    if (publishBeforeUse.minus(LEEWAY).compareTo(jwksMaxAge) < 0) {
      throw new InvalidSettingException(
          PREFIX + "publish-before-use",
          publishBeforeUse,
          "at least a minute longer than "
              + PREFIX
              + "jwks-max-age ("
              + jwksMaxAge
              + "), or tokens would name keys that nobody has fetched yet");
    }
    if (rotationInterval.compareTo(publishBeforeUse) <= 0
        || rotationInterval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new InvalidSettingException(
          PREFIX + "rotation-interval",
          rotationInterval,
          "longer than "
              + PREFIX
              + "publish-before-use ("
              + publishBeforeUse
              + "), and at most 3650d");
    }
  }
}
