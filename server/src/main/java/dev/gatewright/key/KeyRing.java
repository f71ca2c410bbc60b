package dev.gatewright.key;

import dev.gatewright.oauth.TokenLifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys as one reading of the database found them, and what time makes of them. Nothing
 * but stored times and the clock decides, so that nodes which never talk to each other agree:
 *
 * <ul>
 *   <li>a key <b>signs</b> from its {@code signs_from} until that of its successor;
 *   <li>it is <b>in the JWK set</b> and verifies from the moment that it is made until the last
 *       token that it can have signed has expired, and {@link #MARGIN} longer;
 *   <li>its private half is <b>spent</b> {@link #MARGIN} after it has stopped signing.
 * </ul>
 */
final class KeyRing {
  /** For clocks that differ, here and where the tokens are verified. */
  static final Duration MARGIN = Duration.ofHours(1);

  /** From the last signature to the removal of the key. */
  private static final Duration RETENTION = Duration.ofSeconds(TokenLifetime.LONGEST).plus(MARGIN);

  private static final Comparator<SigningKey> BY_AGE =
      Comparator.comparing(SigningKey::algorithm).thenComparingInt(SigningKey::generation);

  /** By algorithm, oldest first. */
  private final Map<SigningAlgorithm, List<SigningKey>> keys =
      new EnumMap<>(SigningAlgorithm.class);

  private final Map<String, SigningKey> byKid = new HashMap<>();

  /** By {@code kid}: when the successor begins to sign. */
  private final Map<String, Instant> supersededAt = new HashMap<>();

  KeyRing(List<SigningKey> read) {
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      List<SigningKey> generations =
          read.stream().filter(key -> key.algorithm() == algorithm).sorted(BY_AGE).toList();
      keys.put(algorithm, generations);
      @Nullable SigningKey older = null;
      for (SigningKey key : generations) {
        byKid.put(key.kid(), key);
        if (older != null) {
          supersededAt.put(older.kid(), key.signsFrom());
        }
        older = key;
      }
    }
  }

  /**
   * The key that signs. Where the only key begins in a moment, by the clock of the node that made
   * it, it signs already.
   */
  Optional<SigningKey> signing(SigningAlgorithm algorithm, Instant now) {
    @Nullable SigningKey next = null;
    for (SigningKey key : generations(algorithm).reversed()) {
      if (key.signer() != null) {
        if (!key.signsFrom().isAfter(now)) {
          return Optional.of(key);
        }
        next = key;
      }
    }
    return Optional.ofNullable(next);
  }

  /** The key that is published and does not sign yet. */
  Optional<SigningKey> waiting(SigningAlgorithm algorithm, Instant now) {
    return newest(algorithm).filter(key -> state(key, now) == KeyState.PUBLISHED);
  }

  /** The latest generation, whether it signs yet or not. */
  Optional<SigningKey> newest(SigningAlgorithm algorithm) {
    List<SigningKey> generations = generations(algorithm);
    return generations.isEmpty() ? Optional.empty() : Optional.of(generations.getLast());
  }

  /** All keys of the algorithm, oldest first. */
  List<SigningKey> generations(SigningAlgorithm algorithm) {
    return keys.getOrDefault(algorithm, List.of());
  }

  /** Whether every key up to this generation is gone. */
  boolean isWithoutUpTo(SigningAlgorithm algorithm, int generation) {
    return generations(algorithm).stream().allMatch(key -> key.generation() > generation);
  }

  /** The key of this {@code kid}, while it verifies. */
  Optional<SigningKey> verifying(String kid, Instant now) {
    return Optional.ofNullable(byKid.get(kid)).filter(key -> !hasLeft(key, now));
  }

  /** What is in the JWK set. */
  List<SigningKey> published(Instant now) {
    return all().filter(key -> !hasLeft(key, now)).toList();
  }

  /** The same for administrators. */
  List<KeyStatus> statuses(Instant now) {
    return published(now).stream().map(key -> status(key, now)).toList();
  }

  KeyStatus status(SigningKey key, Instant now) {
    @Nullable Instant superseded = supersededAt.get(key.kid());
    return new KeyStatus(
        key.kid(),
        key.algorithm(),
        state(key, now),
        key.createdAt(),
        key.signsFrom(),
        superseded,
        superseded == null ? null : superseded.plus(RETENTION));
  }

  /** Keys that nothing needs any more. */
  List<SigningKey> left(Instant now) {
    return all().filter(key -> hasLeft(key, now)).toList();
  }

  /** Keys whose private half nothing needs any more, and that still have it. */
  List<SigningKey> spent(Instant now) {
    return all().filter(key -> key.signer() != null && isPast(key, MARGIN, now)).toList();
  }

  private KeyState state(SigningKey key, Instant now) {
    boolean signs =
        signing(key.algorithm(), now).filter(other -> other.kid().equals(key.kid())).isPresent();
    if (signs) {
      return KeyState.SIGNING;
    }
    return key.signsFrom().isAfter(now) ? KeyState.PUBLISHED : KeyState.SUPERSEDED;
  }

  private boolean hasLeft(SigningKey key, Instant now) {
    return isPast(key, RETENTION, now);
  }

  private boolean isPast(SigningKey key, Duration afterSigning, Instant now) {
    @Nullable Instant superseded = supersededAt.get(key.kid());
    return superseded != null && !superseded.plus(afterSigning).isAfter(now);
  }

  private Stream<SigningKey> all() {
    return keys.values().stream().flatMap(List::stream);
  }
}
