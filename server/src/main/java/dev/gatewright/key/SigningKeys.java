package dev.gatewright.key;

import com.nimbusds.jose.jwk.JWK;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The signing keys, held in memory: no token costs a reading of the database. They are read again
 * every {@value #PERIOD} ({@link KeyUpkeep}), and at once when a token names a key that is not
 * known yet, at most once in {@link #AFTER_UNKNOWN_KID}. So what one node does to the keys is known
 * to all within <b>ten seconds</b>; a scheduled change is published so long before that all make it
 * in the same moment.
 */
@Singleton
public class SigningKeys {
  static final String PERIOD = "5s";
  private static final Duration AFTER_UNKNOWN_KID = Duration.ofSeconds(1);

  private final StoredKeys stored;
  private final Clock clock;
  private final AtomicLong readings = new AtomicLong();
  private volatile Held held = new Held(new KeyRing(List.of()), 0);
  private volatile Instant unknownKidAt = Instant.MIN;

  SigningKeys(StoredKeys stored, Clock clock) {
    this.stored = stored;
    this.clock = clock;
  }

  /** The key that signs now. */
  SigningKey current(SigningAlgorithm algorithm) {
    return held.ring
        .signing(algorithm, clock.instant())
        .orElseThrow(() -> new IllegalStateException("There is no key for " + algorithm.alg()));
  }

  /** The key of this {@code kid} while it verifies, from the database when another node made it. */
  Optional<SigningKey> find(String kid) {
    Instant now = clock.instant();
    Optional<SigningKey> known = held.ring.verifying(kid, now);
    if (known.isEmpty() && unknownKidAt.isBefore(now.minus(AFTER_UNKNOWN_KID))) {
      known = reread().verifying(kid, now);
      unknownKidAt = now;
    }
    return known;
  }

  /** The public halves, for the JWK set (RFC 7517 §5), always in the same order. */
  public List<JWK> publicKeys() {
    return held.ring.published(clock.instant()).stream().map(SigningKey::publicJwk).toList();
  }

  /** The keys and their times, by algorithm, oldest first. */
  public List<KeyStatus> statuses() {
    return held.ring.statuses(clock.instant());
  }

  /** Reads the database. A reading that began earlier never replaces one that began later. */
  KeyRing reread() {
    long reading = readings.incrementAndGet();
    return hold(new Held(new KeyRing(stored.read()), reading));
  }

  private synchronized KeyRing hold(Held read) {
    if (read.reading > held.reading) {
      held = read;
    }
    return held.ring;
  }

  private record Held(KeyRing ring, long reading) {}
}
