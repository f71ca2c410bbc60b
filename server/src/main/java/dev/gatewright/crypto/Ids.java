package dev.gatewright.crypto;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UUIDv7 ids (RFC 9562 §5.7): they sort by time, so that inserts stay at the end of an index and
 * lists come oldest first. Those of one node sort in the order they were made (§6.2, method 3).
 */
public final class Ids {
  private static final int FRACTION_BITS = 12;
  private static final int NANOS_PER_MILLI = 1_000_000;

  /** Milliseconds and, in the lowest 12 bits, the fraction of one, of the last id. */
  private static final AtomicLong LAST = new AtomicLong();

  private Ids() {}

  /** A new id: 48 bits of milliseconds, 12 bits of a fraction of one, 62 random bits. */
  public static UUID next() {
    long now = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    long fraction = (now % NANOS_PER_MILLI << FRACTION_BITS) / NANOS_PER_MILLI;
    long clock = ((now / NANOS_PER_MILLI) << FRACTION_BITS) | fraction;
    long tick = LAST.updateAndGet(last -> Math.max(last + 1, clock));
    long high = (tick >>> FRACTION_BITS) << 16 | 0x7000L | (tick & 0x0FFFL);
    long random = ByteBuffer.wrap(Secrets.bytes(Long.BYTES)).getLong();
    return new UUID(high, 0x8000_0000_0000_0000L | (random & 0x3FFF_FFFF_FFFF_FFFFL));
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
