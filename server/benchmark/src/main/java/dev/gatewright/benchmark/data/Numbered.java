package dev.gatewright.benchmark.data;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;

/**
 * What tells the copies apart: user number 0, 1, 2 … and what is hers. All of it follows from the
 * number, so that nothing has to be remembered of ten million users.
 */
final class Numbered {
  private static final long EPOCH_MILLIS = 1_767_225_600_000L; // 2026
  private static final int PER_MILLI = 4;

  private Numbered() {}

  static String username(int number) {
    return "u%09d".formatted(number);
  }

  static byte[] userId(int number) {
    return id(number, 1);
  }

  static byte[] grantId(int number) {
    return id(number, 2);
  }

  static byte[] sessionId(int number) {
    return id(number, 3);
  }

  /** Copies came one after the other during the ten days before the newest. */
  static LocalDateTime createdAt(int number, int count, LocalDateTime newest) {
    long span = 10L * 24 * 3600 * 1_000_000; // microseconds
    long before = (long) (span * (1 - (double) number / count));
    return newest.minusNanos(before * 1000);
  }

  /** A UUIDv7 (RFC 9562 §5.7): those of higher numbers are later. */
  private static byte[] id(int number, int kind) {
    long millis = EPOCH_MILLIS + number / PER_MILLI;
    long high = millis << 16 | 0x7000L | (long) (number % PER_MILLI) << 10;
    long low = 0x8000_0000_0000_0000L | mixed((long) number << 2 | kind) >>> 2;
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  /** SplitMix64's finisher: different numbers give different, random-looking bits. */
  private static long mixed(long number) {
    long bits = number + 0x9E37_79B9_7F4A_7C15L;
    bits = (bits ^ bits >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    bits = (bits ^ bits >>> 27) * 0x94D0_49BB_1331_11EBL;
    return bits ^ bits >>> 31;
  }
}
