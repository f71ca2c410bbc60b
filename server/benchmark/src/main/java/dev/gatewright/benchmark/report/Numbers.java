package dev.gatewright.benchmark.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as the tables show them. */
public final class Numbers {
  private static final double MIB = 1024 * 1024;

  private Numbers() {}

  /** Per second: {@code 39.4}, {@code 14,200}. */
  public static String rate(double perSecond) {
    return perSecond < 100
        ? String.format(Locale.ROOT, "%.1f", perSecond)
        : String.format(Locale.ROOT, "%,.0f", perSecond);
  }

  /** Microseconds as milliseconds: {@code 0.42}, {@code 8.1}, {@code 412}. */
  public static String millis(long micros) {
    double millis = micros / 1000.0;
    return String.format(
        Locale.ROOT, millis < 1 ? "%.2f" : millis < 100 ? "%.1f" : "%,.0f", millis);
  }

  /** {@code 0.81 s}. */
  public static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
  }

  /** {@code 197 MB}. */
  public static String megabytes(long bytes) {
    return bytes == 0 ? "not known" : String.format(Locale.ROOT, "%,.0f MB", bytes / MIB);
  }

  /** A share of one: {@code 97 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
