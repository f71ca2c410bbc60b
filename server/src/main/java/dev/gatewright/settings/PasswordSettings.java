package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How passwords are hashed (Argon2id, RFC 9106). Raised parameters reach a user's hash at the next
 * login.
 *
 * @param memory KiB for one hash
 * @param iterations passes over that memory
 * @param parallelism lanes
 * @param threads how many passwords are hashed at once; 0 is one per processor
 * @param queue how many more may wait before the server answers 503
 * @param longestWait how long one of these waits at most before it is answered so
 */
@ConfigurationProperties("gatewright.passwords")
public record PasswordSettings(
    @Bindable(defaultValue = "19456") int memory,
    @Bindable(defaultValue = "2") int iterations,
    @Bindable(defaultValue = "1") int parallelism,
    @Bindable(defaultValue = "0") int threads,
    @Bindable(defaultValue = "50") int queue,
    @Bindable(defaultValue = "3s") Duration longestWait) {
  public PasswordSettings {
    requireBetween("parallelism", parallelism, 1, 64);
    requireBetween("memory", memory, 8 * parallelism, 4 * 1024 * 1024);
    requireBetween("iterations", iterations, 1, 1000);
    requireBetween("threads", threads, 0, 1024);
    requireBetween("queue", queue, 1, 100_000);
    if (longestWait.toMillis() < 1 || longestWait.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new InvalidSettingException(
          "gatewright.passwords.longest-wait", longestWait, "a duration from 1ms to 1m");
    }
  }

  private static void requireBetween(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new InvalidSettingException(
          "gatewright.passwords." + name, value, "a number from " + least + " to " + most);
    }
  }
}
