package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Who may sign up.
 *
 * @param enabled whether people can make accounts by themselves
 * @param unverifiedEmailHold how long an email that nobody has verified is kept from others who
 *     sign up with it
 */
@ConfigurationProperties("gatewright.sign-up")
public record SignUpSettings(
    @Bindable(defaultValue = "true") boolean enabled,
    @Bindable(defaultValue = "24h") Duration unverifiedEmailHold) {
  public SignUpSettings {
    if (unverifiedEmailHold.isNegative()) {
      throw new InvalidSettingException(
          "gatewright.sign-up.unverified-email-hold",
          unverifiedEmailHold,
          "a duration such as 24h, or 0s");
    }
  }
}
