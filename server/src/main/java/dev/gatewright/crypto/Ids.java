package dev.gatewright.crypto;

import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDv7 ids (RFC 9562 §5.7): they sort by time, so that inserts stay at the end of an index. */
public final class Ids {
  private Ids() {}

  /** A new id: 48 bits of milliseconds, then 74 random bits. */
  public static UUID next() {
    ByteBuffer random = ByteBuffer.wrap(Secrets.bytes(10));
    long high = (System.currentTimeMillis() << 16) | 0x7000L | (random.getShort() & 0x0FFFL);
    long low = 0x8000_0000_0000_0000L | (random.getLong() & 0x3FFF_FFFF_FFFF_FFFFL);
    return new UUID(high, low);
  }

  /** The 16 bytes of an id, most significant first. */
  public static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** The id of 16 bytes. */
  public static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
