package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How clients are told that a session has ended (OpenID Connect Back-Channel Logout).
 *
 * @param patience how long a logout waits until the clients have been told, before the browser goes
 *     on
 * @param attempts how often one client is tried at most
 * @param firstRetry how long after the first failure the second attempt is; each further wait is
 *     twice as long
 * @param longestRetry how long a wait becomes at most
 * @param giveUpAfter how long after the end of the session a client is tried at most
 */
@ConfigurationProperties("gatewright.logout")
public record LogoutSettings(
    @Bindable(defaultValue = "2s") Duration patience,
    @Bindable(defaultValue = "20") int attempts,
    @Bindable(defaultValue = "5s") Duration firstRetry,
    @Bindable(defaultValue = "1h") Duration longestRetry,
    @Bindable(defaultValue = "12h") Duration giveUpAfter) {
  private static final String PREFIX = "gatewright.logout.";
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_ATTEMPTS = 100;

  public LogoutSettings {
    if (patience.isNegative() || patience.compareTo(MOST_PATIENCE) > 0) {
      throw new InvalidSettingException(PREFIX + "patience", patience, "a duration from 0s to 10s");
    }
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new InvalidSettingException(
          PREFIX + "attempts", attempts, "a number from 1 to " + MOST_ATTEMPTS);
    }
    requirePositive("first-retry", firstRetry);
    requirePositive("longest-retry", longestRetry);
    requirePositive("give-up-after", giveUpAfter);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new InvalidSettingException(
          PREFIX + name, value, "a duration of at least 1s, such as 5s or 1h");
    }
  }
}
