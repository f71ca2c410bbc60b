package dev.gatewright.key;

import com.nimbusds.jose.jwk.JWK;
import dev.gatewright.audit.Act;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.database.SqlErrors;
import dev.gatewright.database.Transactions;
import dev.gatewright.settings.KeySettings;
import io.micronaut.context.annotation.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes signing keys: the first ones at the first start of the first node, their successors by
 * schedule and when an administrator says so. Of several nodes that do it in the same moment, one
 * makes the new generation, and the others find it.
 */
@Context
public class KeyRotation {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
  private static final int ATTEMPTS = 5;

  private final SigningKeys keys;
  private final StoredKeys stored;
  private final Audit audit;
  private final Transactions transactions;
  private final KeySettings settings;
  private final Clock clock;

  KeyRotation(
      SigningKeys keys,
      StoredKeys stored,
      Audit audit,
      Transactions transactions,
      KeySettings settings,
      Clock clock) {
    this.keys = keys;
    this.stored = stored;
    this.audit = audit;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
    makeFirst();
  }

  /** Why a key is made. */
  private enum Cause {
    /** There is none of its algorithm: nobody can have cached an older JWK set. */
    FIRST,
    SCHEDULE,
    ON_DEMAND,
    COMPROMISE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The answer to an administrator.
   *
   * @param made false when a successor was waiting already
   */
  public record Rotated(KeyStatus key, boolean made) {}

  /**
   * Publishes a successor, which signs after {@code gatewright.keys.publish-before-use}; the one
   * that is waiting already, if there is one.
   */
  public Rotated rotate(SigningAlgorithm algorithm) {
    return rotate(algorithm, Cause.ON_DEMAND);
  }

  /**
   * Makes a key that signs at once, and withdraws all others of the algorithm: nothing that they
   * signed is good any more. On this node when it returns, on the others within ten seconds.
   */
  public Rotated replaceCompromised(SigningAlgorithm algorithm) {
    return rotate(algorithm, Cause.COMPROMISE);
  }

  /**
   * Publishes a successor for each key that is to end within the time that publishing takes.
   *
   * @return whether there is something new to read
   */
  boolean rotateWhenDue(KeyRing ring) {
    Instant now = clock.instant();
    boolean any = false;
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      Optional<SigningKey> due =
          ring.newest(algorithm)
              .filter(newest -> !end(newest).minus(settings.publishBeforeUse()).isAfter(now));
      if (due.isPresent()) {
        Instant signsFrom = later(end(due.get()), now.plus(settings.publishBeforeUse()));
        add(algorithm, due.get().generation() + 1, signsFrom, Cause.SCHEDULE, List.of());
        any = true;
      }
    }
    return any;
  }

  private void makeFirst() {
    KeyRing ring = keys.reread();
    Arrays.stream(SigningAlgorithm.values())
        .filter(algorithm -> ring.newest(algorithm).isEmpty())
        .parallel()
        .forEach(algorithm -> add(algorithm, 1, clock.instant(), Cause.FIRST, List.of()));
    keys.reread();
  }

  private Rotated rotate(SigningAlgorithm algorithm, Cause cause) {
    int seen = keys.reread().newest(algorithm).map(SigningKey::generation).orElse(0);
    boolean made = false;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      KeyRing ring = keys.reread();
      Instant now = clock.instant();
      Optional<SigningKey> successor =
          cause == Cause.COMPROMISE
              ? ring.signing(algorithm, now).filter(key -> ring.isWithoutUpTo(algorithm, seen))
              : ring.waiting(algorithm, now);
      if (successor.isPresent()) {
        return new Rotated(ring.status(successor.get(), now), made);
      }
      int generation = ring.newest(algorithm).map(SigningKey::generation).orElse(0) + 1;
      Instant signsFrom = cause == Cause.COMPROMISE ? now : now.plus(settings.publishBeforeUse());
      List<SigningKey> withdrawn =
          cause == Cause.COMPROMISE ? ring.generations(algorithm) : List.of();
      made = add(algorithm, generation, signsFrom, cause, withdrawn);
    }
    throw new IllegalStateException("Others rotate " + algorithm.alg() + " all the time");
  }

  /**
   * The one place where keys are made and withdrawn: one transaction.
   *
   * @param withdrawn the generations before, all of them or none
   * @return false when another node or request has made this generation
   */
  private boolean add(
      SigningAlgorithm algorithm,
      int generation,
      Instant signsFrom,
      Cause cause,
      List<SigningKey> withdrawn) {
    JWK jwk = KeyMaker.make(algorithm);
    SigningKeyRow row = stored.row(jwk, algorithm, generation, clock.instant(), signsFrom);
    try {
      transactions.run(() -> {
        if (!stored.add(row)) {
          throw new OvertakenException();
        }
        audit.record(
            AuditEvent.success(cause == Cause.FIRST ? Act.KEY_CREATED : Act.KEY_ROTATED)
                .on(Subject.key(row.kid()))
                .with("alg", algorithm.alg())
                .with("cause", cause.word())
                .with("signs_from", signsFrom.toString()));
        withdrawn.forEach(key -> stored.remove(key, cause.word()));
      });
    } catch (RuntimeException e) {
      if (e instanceof OvertakenException
          || SqlErrors.isDuplicateOf(e, SigningKeyRepository.GENERATION_INDEX)) {
        return false;
      }
      throw e;
    }
    LOG.info(
        "{} key {}, generation {}, made ({}); it signs from {}",
        algorithm.alg(),
        row.kid(),
        generation,
        cause.word(),
        signsFrom);
    return true;
  }

  /** Undoes the transaction of a generation that others have made and withdrawn meanwhile. */
  private static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OvertakenException() {
      super("A newer generation of this key is there already", null, false, false);
    }
  }

  private Instant end(SigningKey key) {
    return key.signsFrom().plus(settings.rotationInterval());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
