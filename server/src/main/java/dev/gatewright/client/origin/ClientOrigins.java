package dev.gatewright.client.origin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The origins of all clients' redirect URIs. Whether an origin is one of them is remembered for
 * {@link #MAX_AGE}: so long may a change made at another node go unseen; a change made at this node
 * is seen at once.
 */
@Singleton
public final class ClientOrigins {
  private static final Duration MAX_AGE = Duration.ofSeconds(2);

  private final ClientOriginRepository repository;
  private final Cache<WebOrigin, Boolean> remembered;

  ClientOrigins(ClientOriginRepository repository, Clock clock) {
    this.repository = repository;
    this.remembered =
        Caffeine.newBuilder()
            .expireAfterWrite(MAX_AGE)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .maximumSize(10_000)
            .build();
  }

  /** As {@link #isRegistered}, of an origin that was asked for just now; no for any other. */
  boolean isRememberedAsRegistered(WebOrigin origin) {
    return Boolean.TRUE.equals(remembered.getIfPresent(origin));
  }

  /** Whether any client has a redirect URI of this origin. */
  boolean isRegistered(WebOrigin origin) {
    return remembered.get(origin, asked -> repository.findAnyClient(asked.value()).isPresent());
  }

  /**
   * Makes the origins of these redirect URIs the client's. To be called in the transaction that
   * writes the client, after the client; none deletes them.
   */
  public void replace(String clientId, Collection<String> redirectUris) {
    repository.deleteByClient(clientId);
    repository.saveAll(rows(clientId, redirectUris));
  }

  /** To be called after each change. */
  public void forget() {
    remembered.invalidateAll();
  }

  static List<ClientOrigin> rows(String clientId, Collection<String> redirectUris) {
    return redirectUris.stream()
        .map(WebOrigin::ofUri)
        .flatMap(Optional::stream)
        .distinct()
        .map(origin -> new ClientOrigin(origin.value(), clientId))
        .toList();
  }
}
