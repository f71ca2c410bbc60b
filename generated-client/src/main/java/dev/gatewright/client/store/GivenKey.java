package dev.gatewright.client.store;

import javax.crypto.SecretKey;

/** A key that the caller keeps: in the system's key chain, a vault, a hardware module. */
final class GivenKey implements FileKey {

  private static final byte KIND = 0;
  private static final int BYTES = 32;
  private static final KeyHint HINT = new KeyHint(KIND, 0, new byte[KeyHint.SALT_BYTES]);

  private final SecretKey key;

  /**
   * @throws IllegalArgumentException if it is no AES key of 256 bits
   */
  GivenKey(SecretKey key) {
    byte[] encoded = key.getEncoded(); // null, when a hardware module keeps it to itself
    if (!key.getAlgorithm().equals("AES") || (encoded != null && encoded.length != BYTES)) {
      throw new IllegalArgumentException("The key must be an AES key of 256 bits");
    }
    this.key = key;
  }

  @Override
  public KeyHint hint() {
    return HINT;
  }

  @Override
  public SecretKey key(KeyHint hint) throws UnfitFileException {
    if (hint.kind() != KIND) {
      throw new UnfitFileException("is encrypted with a passphrase, not with a key");
    }
    return key;
  }
}
