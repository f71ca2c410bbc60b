package dev.gatewright.client.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a file says about its key; no secret.
 *
 * @param kind who makes the key
 * @param iterations of PBKDF2, where it is made from a passphrase; otherwise 0
 * @param salt 16 bytes, where it is made from a passphrase; otherwise zeros
 */
record KeyHint(byte kind, int iterations, byte[] salt) {

  static final int SALT_BYTES = 16;
  static final int BYTES = 1 + Integer.BYTES + SALT_BYTES;

  static KeyHint read(ByteBuffer from) {
    byte kind = from.get();
    int iterations = from.getInt();
    byte[] salt = new byte[SALT_BYTES];
    from.get(salt);
    return new KeyHint(kind, iterations, salt);
  }

  void write(ByteBuffer to) {
    to.put(kind).putInt(iterations).put(salt);
  }

  boolean sameAs(KeyHint other) {
    return kind == other.kind && iterations == other.iterations && Arrays.equals(salt, other.salt);
  }
}
