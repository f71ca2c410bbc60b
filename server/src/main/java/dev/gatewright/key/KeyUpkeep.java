package dev.gatewright.key;

import dev.gatewright.database.Transactions;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time asks of a node: to learn what other nodes did to the keys, to publish successors, to
 * forget private halves that no longer sign, and to remove keys that no longer verify. Each of them
 * may be left undone for a while, or be done by several nodes at once.
 */
@Singleton
class KeyUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(KeyUpkeep.class);

  private final SigningKeys keys;
  private final KeyRotation rotation;
  private final StoredKeys stored;
  private final Transactions transactions;
  private final Clock clock;
  private volatile boolean failing;

  KeyUpkeep(
      SigningKeys keys,
      KeyRotation rotation,
      StoredKeys stored,
      Transactions transactions,
      Clock clock) {
    this.keys = keys;
    this.rotation = rotation;
    this.stored = stored;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Without the database the keys stay as they are; the log says so once, not every time. */
  @Scheduled(fixedDelay = SigningKeys.PERIOD, initialDelay = SigningKeys.PERIOD)
  void run() {
    try {
      tend(keys.reread());
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.error("The signing keys could not be read or renewed; they stay as they are", e);
      }
      failing = true;
    }
  }

  private void tend(KeyRing ring) {
    Instant now = clock.instant();
    List<SigningKey> left = ring.left(now);
    List<SigningKey> spent = ring.spent(now);
    boolean changed = rotation.rotateWhenDue(ring);
    if (!left.isEmpty() || !spent.isEmpty()) {
      transactions.run(() -> {
        spent.forEach(stored::erasePrivateHalf);
        left.forEach(key -> stored.remove(key, "expired"));
      });
      changed = true;
    }
    if (changed) {
      keys.reread();
    }
  }
}
