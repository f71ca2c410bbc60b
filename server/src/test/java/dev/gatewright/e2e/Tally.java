package dev.gatewright.e2e;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of the requests of a {@link Load}. */
final class Tally {
  private static final int MOST_FAILURES = 10;
  private static final int BUCKETS_PER_MILLI = 10;

  /** Of those that were served: how many took so many tenths of a millisecond. */
  private final int[] took = new int[100_000];

  private final List<String> failures = new ArrayList<>();
  private final long start = System.nanoTime();
  private double seconds;
  private long served;
  private long shed;
  private long failed;
  long unsent;

  void answered(Load.Call call, FullHttpResponse answer, long nanos) {
    int status = answer.status().code();
    if (status < 400) {
      served++;
      took[(int) Math.min(took.length - 1, nanos * BUCKETS_PER_MILLI / 1_000_000)]++;
    } else if ((status == 503 || status == 429)
        && answer.headers().contains(HttpHeaderNames.RETRY_AFTER)) {
      shed++;
    } else {
      failed(call.path() + " " + status + " " + answer.content().toString(StandardCharsets.UTF_8));
    }
  }

  void failed(String how) {
    failed++;
    if (failures.size() < MOST_FAILURES) {
      failures.add(how);
    }
  }

  void end() {
    seconds = (System.nanoTime() - start) / 1e9;
  }

  double servedPerSecond() {
    return served / seconds;
  }

  long served() {
    return served;
  }

  long shed() {
    return shed;
  }

  /** Those that were neither served nor sent away as they should be. */
  List<String> failures() {
    return failures;
  }

  /** In which time this part of the served were. */
  Duration within(double part) {
    long left = (long) Math.ceil(served * part);
    for (int i = 0; i < took.length; i++) {
      left -= took[i];
      if (left <= 0) {
        return Duration.ofNanos((i + 1) * 1_000_000L / BUCKETS_PER_MILLI);
      }
    }
    return Duration.ofSeconds(took.length);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f/s served, %.0f/s sent away, %d failed, %d unsent, p50 %.1f ms, p99 %.1f ms %s",
        servedPerSecond(),
        shed / seconds,
        failed,
        unsent,
        within(0.5).toNanos() / 1e6,
        within(0.99).toNanos() / 1e6,
        failures.isEmpty() ? "" : failures);
  }
}
