package dev.gatewright.client.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The format of the file: AES-256 in GCM (NIST SP 800-38D) with the header as additional
 * authenticated data, so that no byte of the file can be changed unnoticed.
 *
 * <pre>
 *  4  "GWTS"
 *  1  version, 1
 * 21  what the key is made from (KeyHint)
 * 12  initialization vector, random at each write
 *  n  the tokens, encrypted
 * 16  authentication tag
 * </pre>
 */
final class SealedFormat {

  private static final byte[] MAGIC = {'G', 'W', 'T', 'S'};
  private static final byte VERSION = 1;
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int HEADER_BYTES = MAGIC.length + 1 + KeyHint.BYTES + IV_BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final FileKey key;

  SealedFormat(FileKey key) {
    this.key = key;
  }

  byte[] seal(byte[] plain) {
    KeyHint hint = key.hint();
    byte[] iv = new byte[IV_BYTES];
    RANDOM.nextBytes(iv);
    ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + plain.length + TAG_BYTES);
    file.put(MAGIC).put(VERSION);
    hint.write(file);
    file.put(iv);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key.key(hint), iv);
      cipher.updateAAD(file.array(), 0, HEADER_BYTES);
      file.put(cipher.doFinal(plain));
      return file.array();
    } catch (GeneralSecurityException | UnfitFileException e) {
      throw new IllegalStateException("The key does not encrypt", e);
    }
  }

  /**
   * @throws UnfitFileException if the bytes are not what {@link #seal} made with this key
   */
  byte[] open(byte[] file) throws UnfitFileException {
    ByteBuffer header = header(file);
    KeyHint hint = KeyHint.read(header);
    byte[] iv = new byte[IV_BYTES];
    header.get(iv);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key.key(hint), iv);
      cipher.updateAAD(file, 0, HEADER_BYTES);
      return cipher.doFinal(file, HEADER_BYTES, file.length - HEADER_BYTES);
    } catch (AEADBadTagException e) {
      throw new UnfitFileException(
          "cannot be decrypted: it was written with another key, or it was changed since");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key does not decrypt", e);
    }
  }

  /** Reads up to the key's hint. */
  private static ByteBuffer header(byte[] file) throws UnfitFileException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    byte[] magic = new byte[MAGIC.length];
    if (file.length < HEADER_BYTES + TAG_BYTES || !Arrays.equals(MAGIC, first(bytes, magic))) {
      throw new UnfitFileException("is not a token file, or it is damaged");
    }
    byte version = bytes.get();
    if (version != VERSION) {
      throw new UnfitFileException(
          "has format " + version + ", this version reads " + VERSION + ", or it is damaged");
    }
    return bytes;
  }

  private static byte[] first(ByteBuffer bytes, byte[] into) {
    bytes.get(into);
    return into;
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
    return cipher;
  }
}
