package dev.gatewright.device;

import dev.gatewright.http.AttemptLimit;
import dev.gatewright.http.AttemptLimits;
import dev.gatewright.http.ClientAddresses;
import dev.gatewright.http.ProblemException;
import dev.gatewright.settings.DeviceSettings;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Slows down whoever guesses user codes: by the user who tries, and by the address (RFC 8628 §5.1).
 * Only wrong codes count; an attempt is taken before the code is looked up, so that parallel
 * guesses cannot outrun it, and given back when the code is right.
 */
@Singleton
class UserCodeAttempts {
  private final AttemptLimit byUser;
  private final AttemptLimit byAddress;
  private final ClientAddresses addresses;

  UserCodeAttempts(DeviceSettings settings, ClientAddresses addresses, AttemptLimits limits) {
    this.byUser =
        limits.named(
            "user code by user",
            settings.failuresPerUser(),
            settings.refillPerUser(),
            settings.tracked());
    this.byAddress =
        limits.named(
            "user code by address",
            settings.failuresPerAddress(),
            settings.refillPerAddress(),
            settings.tracked());
    this.addresses = addresses;
  }

  /**
   * Looks a code up, unless too many were wrong.
   *
   * @throws ProblemException 429 when the user has to wait
   */
  <T> Optional<T> attempt(UUID userId, HttpRequest<?> request, Supplier<Optional<T>> lookUp) {
    String user = userId.toString();
    String address = addresses.of(request);
    take(byAddress, address);
    try {
      take(byUser, user);
    } catch (ProblemException e) {
      byAddress.giveBack(address);
      throw e;
    }
    boolean counts = false;
    try {
      Optional<T> found = lookUp.get();
      counts = found.isEmpty();
      return found;
    } finally {
      if (!counts) {
        byUser.giveBack(user);
        byAddress.giveBack(address);
      }
    }
  }

  private static void take(AttemptLimit limit, String key) {
    int seconds = limit.take(key);
    if (seconds > 0) {
      throw ProblemException.tooManyRequests(
          seconds,
          "Too many codes were wrong; wait a minute, then read the code on your device again");
    }
  }
}
