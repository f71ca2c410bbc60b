package dev.gatewright.session;

import dev.gatewright.client.Client;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that waits for a login or a consent. Its client and redirect URI were
 * proven when it was saved.
 *
 * @param requestUri its name: {@code urn:ietf:params:oauth:request_uri:…}
 * @param parameters the parameters as they were sent
 * @param selectedBy the user who chose to go on with this account while it waited
 * @param consentedBy the user who consented while it waited
 * @param denied whether the user refused instead
 * @param createdAt when it arrived; a login after it answers {@code prompt=login}
 */
public record PendingAuthorization(
    String requestUri,
    String clientId,
    Map<String, List<String>> parameters,
    @Nullable UUID selectedBy,
    @Nullable UUID consentedBy,
    boolean denied,
    Instant createdAt) {

  /** The first value of a parameter, when it has one that is not empty. */
  public Optional<String> parameter(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /**
   * Where the answer goes: the redirect URI that was sent, or the client's only one (RFC 6749
   * §3.1.2.3).
   */
  public String redirectUri(Client client) {
    return parameter("redirect_uri").orElseGet(() -> client.redirectUris().getFirst());
  }
}
