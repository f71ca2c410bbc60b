package dev.gatewright.benchmark.report;

import dev.gatewright.benchmark.load.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * One operation, over some runs.
 *
 * @param server processor time of the server during the runs
 * @param database of the database
 * @param load of the load itself
 * @param time of all runs together
 */
public record Measured(
    String operation,
    int connections,
    List<Tally> runs,
    Duration server,
    Duration database,
    Duration load,
    Duration time) {

  /** Acts per second: the median run. */
  public double rate() {
    return runs.stream().mapToDouble(Tally::rate).sorted().toArray()[runs.size() / 2];
  }

  /** Acts per second of the slowest run. */
  public double slowest() {
    return runs.stream().mapToDouble(Tally::rate).min().orElse(0);
  }

  /** Acts per second of the fastest run. */
  public double fastest() {
    return runs.stream().mapToDouble(Tally::rate).max().orElse(0);
  }

  /** Microseconds that this share of all acts, in per cent, took at most. */
  public long percentile(double percent) {
    Histogram all = new Histogram(3);
    runs.forEach(run -> all.add(run.latencies()));
    return all.getValueAtPercentile(percent);
  }

  /** How many acts were completed. */
  public long completed() {
    return runs.stream().mapToLong(Tally::completed).sum();
  }

  /** How many acts failed. */
  public long failed() {
    return runs.stream().mapToLong(Tally::failed).sum();
  }

  /** How often what went wrong. */
  public Map<String, Integer> failures() {
    Map<String, Integer> all = new TreeMap<>();
    runs.forEach(
        run -> run.failures().forEach((why, count) -> all.merge(why, count, Integer::sum)));
    return all;
  }

  /** A process's share of one core during the runs. */
  public double share(Duration used) {
    return (double) used.toNanos() / time.toNanos();
  }

  /** Microseconds of a processor for one act. */
  public double microsPerAct(Duration used) {
    return completed() == 0 ? 0 : used.toNanos() / 1e3 / completed();
  }
}
