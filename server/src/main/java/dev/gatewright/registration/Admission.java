package dev.gatewright.registration;

import dev.gatewright.http.AttemptLimit;
import dev.gatewright.http.AttemptLimits;
import dev.gatewright.http.ClientAddresses;
import dev.gatewright.http.ProblemException;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.settings.RegistrationSettings;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Who may register a client: whoever has an initial access token, or anyone where it is open. */
@Singleton
final class Admission {
  private static final int BURST = 60;
  private static final Duration REFILL = Duration.ofSeconds(10);
  private static final int TRACKED = 10_000;

  private final RegistrationSettings settings;
  private final InitialAccessTokens tokens;
  private final ClientAddresses addresses;
  private final AttemptLimit limit;

  Admission(
      RegistrationSettings settings,
      InitialAccessTokens tokens,
      ClientAddresses addresses,
      AttemptLimits limits) {
    this.settings = settings;
    this.tokens = tokens;
    this.addresses = addresses;
    this.limit = limits.named("registration by address", BURST, REFILL, TRACKED);
  }

  /**
   * Lets the request in, or throws.
   *
   * @return to be run in the transaction that writes the client: takes the use of the token
   * @throws OAuthException {@code access_denied}: registration is closed
   * @throws RefusedTokenException no initial access token that is good
   * @throws ProblemException 429
   */
  Runnable of(HttpRequest<?> request) {
    if (settings.isClosed()) {
      throw new OAuthException(
          ErrorCode.ACCESS_DENIED, "Clients cannot register themselves at this server");
    }
    int seconds = limit.take(addresses.of(request));
    if (seconds > 0) {
      throw ProblemException.tooManyRequests(seconds, "Too many attempts; try again later");
    }
    Optional<String> token = BearerHeader.token(request);
    if (token.isEmpty()) {
      if (settings.isOpen()) {
        return () -> {};
      }
      throw BearerHeader.refused();
    }
    return () -> {
      if (!tokens.use(token.get())) {
        throw BearerHeader.refused();
      }
    };
  }
}
