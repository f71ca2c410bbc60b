package dev.gatewright.benchmark;

import java.time.Duration;

/** What is said while the benchmark runs, each line with the minutes that it has been running. */
final class Console {
  private static final long PROGRESS_NANOS = Duration.ofSeconds(10).toNanos();

  private final long begin = System.nanoTime();
  private long lastProgress;

  void say(String line) {
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf("%3d:%02d  %s%n", time.toMinutes(), time.toSecondsPart(), line);
  }

  /** A line that may be left out when another one has just been there. */
  void progress(String line) {
    if (System.nanoTime() - lastProgress > PROGRESS_NANOS) {
      lastProgress = System.nanoTime();
      say(line);
    }
  }

  /** Text as it is. */
  void print(String text) {
    System.out.print(text);
  }
}
