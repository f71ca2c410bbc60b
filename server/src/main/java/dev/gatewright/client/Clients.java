package dev.gatewright.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks clients up. A client is remembered for {@link #MAX_AGE}: so long may a change made at
 * another node go unseen; a change made at this node is seen at once.
 */
@Singleton
public final class Clients {
  /** How long a client may be remembered. */
  static final Duration MAX_AGE = Duration.ofSeconds(2);

  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._~-]{1,100}");

  private final ClientRepository repository;
  private final Cache<String, Client> remembered;

  Clients(ClientRepository repository, Clock clock) {
    this.repository = repository;
    this.remembered =
        Caffeine.newBuilder()
            .expireAfterWrite(MAX_AGE)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .maximumSize(10_000)
            .build();
  }

  /** Whether a string has the form of a {@code client_id}: 1 to 100 unreserved characters. */
  static boolean isWellFormed(String clientId) {
    return CLIENT_ID.matcher(clientId).matches();
  }

  /**
   * The client of that {@code client_id}, which may be any string a caller sent.
   *
   * @return empty for null, for what no client can be called, and for what none is called
   */
  public Optional<Client> find(@Nullable String clientId) {
    if (clientId == null || !isWellFormed(clientId)) {
      return Optional.empty();
    }
    if (clientId.equals(LoginClient.CLIENT_ID)) {
      return Optional.of(LoginClient.CLIENT);
    }
    return Optional.ofNullable(
        remembered.get(clientId, id -> repository.findById(id).orElse(null)));
  }

  /** One page of clients by {@code client_id}, without the built-in one. */
  public List<Client> list(int limit, @Nullable String after) {
    return repository.listAfter(after == null ? "" : after, limit);
  }

  /** To be called after each change. */
  void forget(String clientId) {
    remembered.invalidate(clientId);
  }
}
