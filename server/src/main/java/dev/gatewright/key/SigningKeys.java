package dev.gatewright.key;

import com.nimbusds.jose.jwk.JWK;
import dev.gatewright.crypto.MasterKey;
import dev.gatewright.crypto.Sealer;
import dev.gatewright.database.SqlErrors;
import dev.gatewright.database.Transactions;
import dev.gatewright.settings.InvalidSettingException;
import io.micronaut.context.annotation.Context;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The signing keys of all algorithms. Made at the first start of the first node; other nodes read
 * them. They are held in memory, and read again when a token names a key that is not known yet, at
 * most once in {@link #REREAD_AFTER}.
 */
@Context
public class SigningKeys {
  private static final Duration REREAD_AFTER = Duration.ofSeconds(10);

  private final SigningKeyRepository repository;
  private final Transactions transactions;
  private final Sealer sealer;
  private final Clock clock;
  private volatile Held held;

  public SigningKeys(
      SigningKeyRepository repository,
      Transactions transactions,
      MasterKey masterKey,
      Clock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.sealer = new Sealer(masterKey.derive("AES", "signing-key"));
    this.clock = clock;
    this.held = read();
    Arrays.stream(SigningAlgorithm.values())
        .filter(algorithm -> held.current(algorithm).isEmpty())
        .parallel()
        .forEach(this::makeFirst);
    this.held = read();
  }

  /** The key that signs now. */
  SigningKey current(SigningAlgorithm algorithm) {
    return held.current(algorithm)
        .orElseThrow(() -> new IllegalStateException("There is no key for " + algorithm.alg()));
  }

  /** The key of this {@code kid}, from the database when another node made it. */
  Optional<SigningKey> find(String kid) {
    Held now = held;
    SigningKey known = now.byKid.get(kid);
    if (known == null && now.readAt.plus(REREAD_AFTER).isBefore(clock.instant())) {
      held = read();
      known = held.byKid.get(kid);
    }
    return Optional.ofNullable(known);
  }

  /** The public halves, for the JWK set. */
  public List<JWK> publicKeys() {
    return held.byKid.values().stream()
        .sorted(
            Comparator.comparing(SigningKey::algorithm).thenComparingInt(SigningKey::generation))
        .map(SigningKey::publicJwk)
        .toList();
  }

  private Held read() {
    return new Held(
        repository.findAll().stream()
            .map(this::open)
            .collect(Collectors.toUnmodifiableMap(SigningKey::kid, Function.identity())),
        clock.instant());
  }

  private void makeFirst(SigningAlgorithm algorithm) {
    JWK jwk = KeyMaker.make(algorithm);
    byte[] sealed =
        sealer.seal(jwk.toJSONString().getBytes(StandardCharsets.UTF_8), jwk.getKeyID());
    SigningKeyRow row =
        new SigningKeyRow(
            jwk.getKeyID(),
            algorithm.alg(),
            1,
            jwk.toPublicJWK().toJSONString(),
            sealed,
            clock.instant());
    try {
      transactions.run(() -> repository.save(row));
    } catch (RuntimeException e) {
      if (!SqlErrors.isDuplicate(e)) {
        throw e;
      }
      // another node was first; its key is read instead
    }
  }

  private SigningKey open(SigningKeyRow row) {
    byte[] jwk =
        sealer
            .open(row.privateJwk(), row.kid())
            .orElseThrow(() ->
                new InvalidSettingException(
                    "The master key does not open the signing keys in the database; start with the"
                        + " key that they were made with."));
    try {
      return SigningKey.of(
          JWK.parse(new String(jwk, StandardCharsets.UTF_8)),
          SigningAlgorithm.of(row.alg())
              .orElseThrow(() -> new IllegalStateException("Unknown algorithm " + row.alg())),
          row.generation());
    } catch (ParseException e) {
      throw new IllegalStateException("The signing key " + row.kid() + " is not a JWK", e);
    }
  }

  /** What was read at one time. */
  private record Held(Map<String, SigningKey> byKid, Instant readAt) {
    Optional<SigningKey> current(SigningAlgorithm algorithm) {
      return byKid.values().stream()
          .filter(key -> key.algorithm() == algorithm)
          .max(Comparator.comparingInt(SigningKey::generation));
    }
  }
}
