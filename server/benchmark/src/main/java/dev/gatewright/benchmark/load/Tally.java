package dev.gatewright.benchmark.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What happened during one run. Written by one thread, read when it is over. */
public final class Tally {
  private static final int DIGITS = 3;

  private final Histogram latencies = new Histogram(DIGITS); // microseconds
  private final Map<String, Integer> failures = new TreeMap<>();
  private final double seconds;

  Tally(double seconds) {
    this.seconds = seconds;
  }

  void done(long nanos) {
    latencies.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  void failed(String why) {
    failures.merge(why, 1, Integer::sum);
  }

  /** Acts that were completed. */
  public long completed() {
    return latencies.getTotalCount();
  }

  /** Completed acts per second. */
  public double rate() {
    return completed() / seconds;
  }

  /** How many acts failed, by what happened: {@code 503} and the beginning of what was said. */
  public Map<String, Integer> failures() {
    return Map.copyOf(failures);
  }

  /** How many acts failed. */
  public long failed() {
    return failures.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Microseconds that this share of the acts, in per cent, took at most. */
  public long percentile(double percent) {
    return latencies.getValueAtPercentile(percent);
  }

  /** How long each completed act took, in microseconds. */
  public Histogram latencies() {
    return latencies.copy();
  }
}
