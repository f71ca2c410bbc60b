package dev.gatewright.client.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.gatewright.client.auth.TokenStore;
import dev.gatewright.client.auth.Tokens;
import dev.gatewright.client.error.TokenStoreException;
import dev.gatewright.client.error.TokenStoreException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/**
 * Keeps one session's tokens in a file: encrypted (AES-256-GCM), readable by nobody but its owner,
 * replaced whole or not at all, and shared safely by threads and processes.
 *
 * <pre>{@code
 * TokenStore store = EncryptedFileTokenStore.open(
 *     Path.of(System.getProperty("user.home"), ".config", "orders", "tokens"), key);
 * }</pre>
 *
 * <p>Two processes that use one file share one session: whichever renews the access token first,
 * the other finds it in the file. They take turns by a lock on the empty file {@code <name>.lock}
 * beside it, which stays.
 *
 * <p>The file must not be readable or writable by others, and its folder must belong to the user
 * who runs the program and be writable by nobody else. Where permissions are POSIX's that is
 * checked at each use; on Windows the file is made with an access control list of its owner only.
 *
 * <p>Whatever goes wrong is a {@link TokenStoreException}, which leaves the file as it is. A file
 * that this key does not open is never overwritten: {@link #clear} it, or delete it, and have the
 * user log in again. Someone who can put an older copy of the file in its place is not noticed; the
 * server will notice that its refresh token was used before, and end the grant (RFC 9700 §4.14.2).
 *
 * <p>Safe for many threads.
 */
public final class EncryptedFileTokenStore implements TokenStore {

  /** Longer than the renewal that the other may be at, with all its attempts. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final PrivateFile file;
  private final SealedFormat format;
  private final Turns turns;

  private EncryptedFileTokenStore(PrivateFile file, SealedFormat format, Turns turns) {
    this.file = file;
    this.format = format;
    this.turns = turns;
  }

  /**
   * Opens a file with a key that the caller keeps elsewhere, such as in the system's key chain.
   *
   * @param file need not exist; nor need its folder, which is then made for its owner alone
   * @param key for AES, 256 bits
   * @throws IllegalArgumentException if it is no such key
   * @throws TokenStoreException if there is a file and the key does not open it, or others have
   *     access to it or its folder
   */
  public static EncryptedFileTokenStore open(Path file, SecretKey key) {
    return open(file, new GivenKey(key), PATIENCE);
  }

  /**
   * Opens a file with a passphrase, from which the key is made by PBKDF2-HMAC-SHA256 with 600,000
   * iterations and a salt of the file's own. That takes part of a second, once.
   *
   * @param file need not exist; nor need its folder, which is then made for its owner alone
   * @param passphrase at least eight characters; copied, so that the caller may erase it
   * @throws IllegalArgumentException if it is shorter
   * @throws TokenStoreException if there is a file and the passphrase does not open it, or others
   *     have access to it or its folder
   */
  public static EncryptedFileTokenStore open(Path file, char[] passphrase) {
    return open(file, new PassphraseKey(passphrase, PassphraseKey.ITERATIONS), PATIENCE);
  }

  static EncryptedFileTokenStore open(Path path, FileKey key, Duration patience) {
    try {
      PrivateFile file = PrivateFile.at(path);
      Turns turns = new Turns(file.beside(".lock"), patience);
      EncryptedFileTokenStore store =
          new EncryptedFileTokenStore(file, new SealedFormat(key), turns);
      store.load();
      return store;
    } catch (IOException e) {
      throw failed("The token file " + path + " cannot be opened", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws TokenStoreException if there is a file and it cannot be read
   */
  @Override
  public Optional<Tokens> load() {
    Optional<byte[]> content = content();
    return content.map(plain -> {
      try {
        return JSON.readValue(plain, Tokens.class);
      } catch (IOException e) { // not passed on: it quotes what it cannot read
        throw unreadable("holds tokens that this version cannot read");
      }
    });
  }

  /**
   * {@inheritDoc} Then they are on the disk.
   *
   * @throws TokenStoreException if they could not be written, or another key's or a damaged file is
   *     there
   */
  @Override
  public void save(Tokens tokens) {
    exclusively(() -> {
      content(); // Ours to replace? That also says which salt the file has.
      try {
        file.replace(format.seal(JSON.writeValueAsBytes(tokens)));
      } catch (IOException e) {
        throw failed("The token file " + file.path() + " cannot be written", e);
      }
      return null;
    });
  }

  /**
   * Deletes the file, whether or not the key opens it.
   *
   * @throws TokenStoreException if it could not be deleted
   */
  @Override
  public void clear() {
    exclusively(() -> {
      try {
        file.delete();
      } catch (IOException e) {
        throw failed("The token file " + file.path() + " cannot be deleted", e);
      }
      return null;
    });
  }

  /**
   * {@inheritDoc}
   *
   * @throws TokenStoreException if others hold the file for longer than two minutes
   */
  @Override
  public <T> T exclusively(Supplier<T> action) {
    try {
      return turns.take(action);
    } catch (IOException e) {
      throw failed("The token file " + file.path() + " cannot be locked", e);
    }
  }

  private Optional<byte[]> content() {
    try {
      Optional<byte[]> sealed = file.read();
      return sealed.isEmpty() ? sealed : Optional.of(format.open(sealed.get()));
    } catch (UnfitFileException e) {
      throw unreadable(e.how());
    } catch (IOException e) {
      throw failed("The token file " + file.path() + " cannot be read", e);
    }
  }

  private TokenStoreException unreadable(String why) {
    return new TokenStoreException(
        Reason.UNREADABLE, "The token file " + file.path() + " " + why, null);
  }

  private static TokenStoreException failed(String message, IOException cause) {
    return new TokenStoreException(Reason.FAILED, message, cause);
  }

  @Override
  public String toString() {
    return "EncryptedFileTokenStore[" + file.path() + "]";
  }
}
