package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Devices that ask for access (RFC 8628), and how many wrong user codes are borne before the next
 * one has to wait (§5.1). Right ones do not count.
 *
 * @param codeLifetime how long a device and its user have; a whole number of seconds
 * @param interval how long a device waits between two polls at least; a whole number of seconds
 * @param failuresPerUser wrong codes in a row by one user
 * @param refillPerUser after which time one more is allowed to that user
 * @param failuresPerAddress wrong codes in a row from one client address (IPv6: from one /64
 *     network)
 * @param refillPerAddress after which time one more is allowed from that address
 * @param tracked how many users, and how many addresses, are remembered at most
 */
@ConfigurationProperties("gatewright.device")
public record DeviceSettings(
    @Bindable(defaultValue = "10m") Duration codeLifetime,
    @Bindable(defaultValue = "5s") Duration interval,
    @Bindable(defaultValue = "5") int failuresPerUser,
    @Bindable(defaultValue = "1m") Duration refillPerUser,
    @Bindable(defaultValue = "50") int failuresPerAddress,
    @Bindable(defaultValue = "6s") Duration refillPerAddress,
    @Bindable(defaultValue = "100000") int tracked) {
  private static final String PREFIX = "gatewright.device.";

  public DeviceSettings {
    requireSeconds("code-lifetime", codeLifetime, Duration.ofSeconds(30), Duration.ofHours(1));
    requireSeconds("interval", interval, Duration.ofSeconds(1), Duration.ofMinutes(1));
    requirePositive("failures-per-user", failuresPerUser);
    requirePositive("failures-per-address", failuresPerAddress);
    requirePositive("tracked", tracked);
    requirePositive("refill-per-user", refillPerUser);
    requirePositive("refill-per-address", refillPerAddress);
  }

  private static void requireSeconds(String name, Duration value, Duration least, Duration most) {
    boolean whole = value.equals(Duration.ofSeconds(value.toSeconds()));
    if (!whole || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new InvalidSettingException(
          PREFIX + name,
          value,
          "a whole number of seconds from " + least.toSeconds() + "s to " + most.toSeconds() + "s");
    }
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
