package dev.gatewright.key;

import com.nimbusds.jose.jwk.JWK;
import dev.gatewright.audit.Act;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.crypto.MasterKey;
import dev.gatewright.crypto.Sealer;
import dev.gatewright.settings.InvalidSettingException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signing keys between their rows and their use. What verifies comes out of the seal as well as
 * what signs, so that whoever can write to the database alone cannot bring a key of their own.
 */
@Singleton
class StoredKeys {
  private final SigningKeyRepository repository;
  private final Audit audit;
  private final Sealer sealer;

  /** By {@code kid}; a row that has not changed is not opened again. */
  private volatile Map<String, Opened> opened = Map.of();

  StoredKeys(SigningKeyRepository repository, Audit audit, MasterKey masterKey) {
    this.repository = repository;
    this.audit = audit;
    this.sealer = new Sealer(masterKey.derive("AES", "signing-key"));
  }

  /**
   * All keys, in no order.
   *
   * @throws InvalidSettingException if they were made under another master key
   */
  List<SigningKey> read() {
    Map<String, Opened> before = opened;
    Map<String, Opened> now =
        repository.findAll().stream()
            .map(row -> opened(row, before.get(row.kid())))
            .collect(Collectors.toUnmodifiableMap(each -> each.row.kid(), Function.identity()));
    opened = now;
    return now.values().stream().map(Opened::key).toList();
  }

  /** The row of a new key. */
  SigningKeyRow row(
      JWK jwk, SigningAlgorithm algorithm, int generation, Instant createdAt, Instant signsFrom) {
    return new SigningKeyRow(
        jwk.getKeyID(),
        algorithm.alg(),
        generation,
        jwk.toPublicJWK().toJSONString(),
        seal(jwk),
        createdAt,
        signsFrom);
  }

  /**
   * Adds a key; fails as a duplicate when its generation is there already.
   *
   * @return false when there is a newer one: this generation was there, and has been withdrawn
   */
  boolean add(SigningKeyRow row) {
    repository.save(row);
    return repository.countNewer(row.alg(), row.generation()) == 0;
  }

  /**
   * Removes a key for good.
   *
   * @param cause why, for the audit trail, which tells of it once
   */
  void remove(SigningKey key, String cause) {
    if (repository.deleteByKid(key.kid()) == 1) {
      audit.record(
          AuditEvent.success(Act.KEY_DELETED)
              .on(Subject.key(key.kid()))
              .with("alg", key.algorithm().alg())
              .with("cause", cause));
    }
  }

  /** Leaves of a key that no longer signs what verifies. */
  void erasePrivateHalf(SigningKey key) {
    repository.reseal(key.kid(), seal(key.publicJwk()));
  }

  private byte[] seal(JWK jwk) {
    return sealer.seal(jwk.toJSONString().getBytes(StandardCharsets.UTF_8), jwk.getKeyID());
  }

  private Opened opened(SigningKeyRow row, @Nullable Opened before) {
    if (before != null
        && before.row.signsFrom().equals(row.signsFrom())
        && Arrays.equals(before.row.privateJwk(), row.privateJwk())) {
      return before;
    }
    return new Opened(row, open(row));
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
          row.generation(),
          row.createdAt(),
          row.signsFrom());
    } catch (ParseException e) {
      throw new IllegalStateException("The signing key " + row.kid() + " is not a JWK", e);
    }
  }

  private record Opened(SigningKeyRow row, SigningKey key) {}
}
