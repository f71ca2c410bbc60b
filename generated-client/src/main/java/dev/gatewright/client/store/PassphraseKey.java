package dev.gatewright.client.store;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key made from a passphrase: PBKDF2 (RFC 8018 §5.2) with HMAC-SHA-256 and a salt of the file's
 * own. It takes a noticeable part of a second, once per file: whoever writes the file anew keeps
 * its salt.
 */
final class PassphraseKey implements FileKey {

  /** OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256. */
  static final int ITERATIONS = 600_000;

  private static final byte KIND = 1;
  private static final int MOST_ITERATIONS = 10_000_000; // what a forged header may cost us
  private static final int FEWEST_CHARACTERS = 8;
  private static final int KEY_BITS = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Derived(KeyHint hint, SecretKey key) {}

  private final char[] passphrase;
  private final int iterations;
  private final AtomicReference<@Nullable Derived> latest = new AtomicReference<>();

  /**
   * @throws IllegalArgumentException if it is shorter than eight characters
   */
  PassphraseKey(char[] passphrase, int iterations) {
    if (passphrase.length < FEWEST_CHARACTERS) {
      throw new IllegalArgumentException(
          "The passphrase must have at least " + FEWEST_CHARACTERS + " characters");
    }
    this.passphrase = passphrase.clone();
    this.iterations = iterations;
  }

  @Override
  public KeyHint hint() {
    Derived derived = latest.get();
    if (derived != null && derived.hint().iterations() >= iterations) {
      return derived.hint();
    }
    byte[] salt = new byte[KeyHint.SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new KeyHint(KIND, iterations, salt);
  }

  @Override
  public SecretKey key(KeyHint hint) throws UnfitFileException {
    if (hint.kind() != KIND) {
      throw new UnfitFileException("is encrypted with a key, not with a passphrase");
    }
    if (hint.iterations() < 1 || hint.iterations() > MOST_ITERATIONS) {
      throw new UnfitFileException("is damaged");
    }
    Derived known = latest.get();
    if (known != null && known.hint().sameAs(hint)) {
      return known.key();
    }
    SecretKey key = derive(hint);
    latest.set(new Derived(hint, key));
    return key;
  }

  private SecretKey derive(KeyHint hint) {
    PBEKeySpec spec = new PBEKeySpec(passphrase, hint.salt(), hint.iterations(), KEY_BITS);
    try {
      byte[] bytes =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return new SecretKeySpec(bytes, "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}
