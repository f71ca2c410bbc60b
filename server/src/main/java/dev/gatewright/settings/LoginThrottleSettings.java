package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How many failed logins are borne before the next attempt has to wait. Successful ones do not
 * count.
 *
 * @param failuresPerLogin failures in a row for one user name or email
 * @param refillPerLogin after which time one more is allowed for that name
 * @param failuresPerAddress failures in a row from one client address (IPv6: from one /64 network)
 * @param refillPerAddress after which time one more is allowed from that address
 * @param tracked how many names, and how many addresses, are remembered at most
 */
@ConfigurationProperties("gatewright.login-throttle")
public record LoginThrottleSettings(
    @Bindable(defaultValue = "20") int failuresPerLogin,
    @Bindable(defaultValue = "30s") Duration refillPerLogin,
    @Bindable(defaultValue = "200") int failuresPerAddress,
    @Bindable(defaultValue = "3s") Duration refillPerAddress,
    @Bindable(defaultValue = "100000") int tracked) {
  private static final String PREFIX = "gatewright.login-throttle.";

  public LoginThrottleSettings {
    requirePositive("failures-per-login", failuresPerLogin);
    requirePositive("failures-per-address", failuresPerAddress);
    requirePositive("tracked", tracked);
    requirePositive("refill-per-login", refillPerLogin);
    requirePositive("refill-per-address", refillPerAddress);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new InvalidSettingException(PREFIX + name, value, "a number of at least 1");
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0) {
      throw new InvalidSettingException(PREFIX + name, value, "a duration such as 30s");
    }
  }
}
