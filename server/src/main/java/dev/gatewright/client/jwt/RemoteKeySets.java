package dev.gatewright.client.jwt;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatewright.key.PublicKeySet;
import dev.gatewright.outbound.Document;
import dev.gatewright.outbound.Outbound;
import dev.gatewright.outbound.OutboundException;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key sets that clients keep at a {@code jwks_uri}. Each is fetched by one caller at a time
 * while the others wait for the same answer, kept as long as its answer says, within bounds, and
 * for a while longer when it cannot be fetched again. Nobody makes this server ask one address more
 * often than once in {@link #RETRY_AFTER}, the first fetch aside.
 */
@Singleton
final class RemoteKeySets {
  static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  static final Duration FRESH_LEAST = Duration.ofMinutes(1);
  static final Duration FRESH_USUALLY = Duration.ofMinutes(5);
  static final Duration FRESH_MOST = Duration.ofHours(1);

  /** How much longer the old keys are good for when the new ones cannot be fetched. */
  static final Duration STALE = Duration.ofHours(1);

  private static final int MOST_SETS = 1000;
  private static final Set<String> MEDIA_TYPES =
      Set.of("application/json", "application/jwk-set+json");
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeySets.class);

  private final Outbound outbound;
  private final Clock clock;
  private final AsyncLoadingCache<String, Held> sets;

  RemoteKeySets(Outbound outbound, Clock clock) {
    this.outbound = outbound;
    this.clock = clock;
    this.sets =
        Caffeine.newBuilder()
            .maximumSize(MOST_SETS)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .buildAsync(new Loader());
  }

  /**
   * The keys at an address.
   *
   * @throws InvalidJwtException when they cannot be fetched
   */
  PublicKeySet keys(String jwksUri) throws InvalidJwtException {
    Held held = sets.synchronous().get(jwksUri);
    return (held.isFresh(clock.instant()) ? held : fetchAgain(jwksUri)).keys(clock.instant());
  }

  /**
   * The keys at an address, fetched again if that was not just done: for a key that is not in what
   * {@link #keys} gave.
   *
   * @throws InvalidJwtException when they cannot be fetched
   */
  PublicKeySet newerKeys(String jwksUri) throws InvalidJwtException {
    return fetchAgain(jwksUri).keys(clock.instant());
  }

  /** Joins a fetch that is under way. */
  private Held fetchAgain(String jwksUri) {
    return sets.synchronous().refresh(jwksUri).join();
  }

  private Held fetch(String jwksUri, @Nullable Held before) {
    Instant now = clock.instant();
    try {
      Document document = outbound.get(jwksUri, MEDIA_TYPES);
      // the first fetch does not count: a client may well rotate its keys right after it
      Instant triedAt = before == null ? now.minus(RETRY_AFTER) : now;
      return new Held(PublicKeySet.parse(document.text()), now.plus(freshness(document)), triedAt);
    } catch (OutboundException | ParseException e) {
      LOG.warn("The keys of a client cannot be fetched: {}", e.getMessage());
      return before == null ? new Held(null, now, now) : before.triedAgain(now);
    }
  }

  private static Duration freshness(Document document) {
    @Nullable Duration maxAge = document.maxAge();
    if (maxAge == null) {
      return FRESH_USUALLY;
    }
    if (maxAge.compareTo(FRESH_LEAST) < 0) {
      return FRESH_LEAST;
    }
    return maxAge.compareTo(FRESH_MOST) > 0 ? FRESH_MOST : maxAge;
  }

  /**
   * What is known of one address.
   *
   * @param set null: it could never be fetched
   */
  private record Held(@Nullable PublicKeySet set, Instant freshUntil, Instant triedAt) {
    boolean isFresh(Instant now) {
      return set != null && freshUntil.isAfter(now);
    }

    boolean mayTryAgain(Instant now) {
      return !triedAt.plus(RETRY_AFTER).isAfter(now);
    }

    Held triedAgain(Instant now) {
      return new Held(set, freshUntil, now);
    }

    PublicKeySet keys(Instant now) throws InvalidJwtException {
      if (set == null || !freshUntil.plus(STALE).isAfter(now)) {
        throw new InvalidJwtException("the keys of the client cannot be fetched");
      }
      return set;
    }
  }

  /** Fetches outside of any lock. */
  private final class Loader implements CacheLoader<String, Held> {
    @Override
    public Held load(String jwksUri) {
      return fetch(jwksUri, null);
    }

    @Override
    public Held reload(String jwksUri, Held before) {
      return before.mayTryAgain(clock.instant()) ? fetch(jwksUri, before) : before;
    }
  }
}
