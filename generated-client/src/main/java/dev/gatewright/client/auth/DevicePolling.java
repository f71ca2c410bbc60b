package dev.gatewright.client.auth;

import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.Refusal;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.model.DeviceAuthorizationResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks for a device's codes and then, again and again, whether its user has let it in (RFC 8628).
 *
 * @param endpoint whom to ask
 * @param clock by which the codes expire
 * @param pause waits that long
 */
record DevicePolling(TokenEndpoint endpoint, Clock clock, Consumer<Duration> pause) {

  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration SLOWER = Duration.ofSeconds(5);
  private static final Duration SLOWEST = Duration.ofMinutes(1);

  /**
   * @param show tells the user
   * @throws OAuthErrorException {@code access_denied} if the user said no, {@code expired_token} if
   *     nobody said anything in time
   */
  Tokens logIn(Set<String> scopes, List<URI> resources, Consumer<DevicePrompt> show) {
    Instant askedAt = clock.instant();
    DeviceAuthorizationResponse codes = endpoint.authorizeDevice(scopes, resources);
    Instant expiry = askedAt.plusSeconds(codes.expiresIn());
    show.accept(
        new DevicePrompt(
            codes.userCode(), codes.verificationUri(), codes.verificationUriComplete(), expiry));
    Duration interval =
        codes.interval() == null
            ? DEFAULT_INTERVAL
            : Duration.ofSeconds(Math.max(codes.interval(), 1));
    while (clock.instant().isBefore(expiry)) {
      pause.accept(interval);
      try {
        return endpoint.device(codes.deviceCode(), scopes);
      } catch (OAuthErrorException e) {
        interval = next(interval, e);
      } catch (TransportException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // §3.5: after a timeout, twice as slow.
        Duration doubled = interval.multipliedBy(2);
        interval = doubled.compareTo(SLOWEST) < 0 ? doubled : SLOWEST;
      }
    }
    throw new OAuthErrorException("expired_token", "The user did not answer in time", Refusal.NONE);
  }

  /** §3.5: go on, go on more slowly, or give up. */
  private static Duration next(Duration interval, OAuthErrorException answer) {
    return switch (answer.error()) {
      case "authorization_pending" -> interval;
      case "slow_down" -> interval.plus(SLOWER);
      default -> {
        if (!answer.isTemporary()) {
          throw answer;
        }
        yield answer.retryAfter().filter(asked -> asked.compareTo(interval) > 0).orElse(interval);
      }
    };
  }

  /** Waits on the thread that asks. */
  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("Interrupted while waiting for the user", e);
    }
  }
}
