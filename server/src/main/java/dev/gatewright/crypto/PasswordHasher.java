package dev.gatewright.crypto;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import dev.gatewright.settings.PasswordSettings;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id hashes of passwords in the PHC string form, {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, which carries its own parameters.
 *
 * <p>Passwords are normalised to NFKC (NIST SP 800-63B), so that it does not matter on which
 * keyboard an accented letter was composed. Every hash is computed on {@link PasswordThreads}; the
 * calling thread waits.
 */
@Singleton
public final class PasswordHasher {
  private final PasswordSettings settings;
  private final PasswordThreads threads;

  /** What a password is compared with when there is no such user: no password is known for it. */
  private final String nobody;

  PasswordHasher(PasswordSettings settings, PasswordThreads threads) {
    this.settings = settings;
    this.threads = threads;
    this.nobody = PasswordHash.random(settings);
  }

  /** The form in which a password is counted, compared and hashed. */
  public static String normalize(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  /**
   * Hashes a password under a fresh salt.
   *
   * @throws Busy when too many passwords wait already
   * @throws IllegalArgumentException when the password is not Unicode (a lone surrogate)
   */
  public String hash(String password) {
    byte @Nullable [] bytes = utf8(password);
    if (bytes == null) {
      throw new IllegalArgumentException("The password is not Unicode");
    }
    return compute(
        bytes,
        argon2 ->
            argon2.hash(settings.iterations(), settings.memory(), settings.parallelism(), bytes));
  }

  /**
   * Whether the password is the hash's. Without a hash, because there is no such user, the answer
   * is no and takes as long.
   *
   * @throws Busy when too many passwords wait already
   */
  public boolean verify(String password, @Nullable String hash) {
    byte @Nullable [] unicode = utf8(password);
    boolean possible = hash != null && unicode != null;
    byte[] bytes = unicode == null ? new byte[0] : unicode;
    String expected = possible ? hash : nobody;
    return compute(bytes, argon2 -> argon2.verify(expected, bytes)) && possible;
  }

  /** Whether the hash was made with less than what is configured now. */
  public boolean needsRehash(String hash) {
    return PasswordHash.isWeaker(hash, settings);
  }

  private <T> T compute(byte[] password, Function<Argon2, T> work) {
    try {
      return threads.call(() -> work.apply(Library.ARGON2ID));
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  private static byte @Nullable [] utf8(String password) {
    try {
      ByteBuffer buffer =
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(normalize(password)));
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      buffer.flip().put(new byte[bytes.length]);
      return bytes;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The native library, unpacked and loaded at the first password rather than at start. */
  private static final class Library {
    static final Argon2 ARGON2ID = Argon2Factory.create(Argon2Types.ARGON2id);
  }

  /** So many passwords wait to be hashed that another one would wait too long. */
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int RETRY_AFTER_SECONDS = 2;

    Busy() {
      super("Too many passwords wait to be hashed", null, false, false);
    }

    /** When to try again: a full queue of the default length is worked off by then. */
    public int retryAfterSeconds() {
      return RETRY_AFTER_SECONDS;
    }
  }
}
