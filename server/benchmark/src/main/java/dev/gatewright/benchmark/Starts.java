package dev.gatewright.benchmark;

import dev.gatewright.benchmark.process.Gatewright;
import dev.gatewright.benchmark.process.HttpProcess;
import dev.gatewright.benchmark.process.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cold starts: from before the process is there to the first 200, each of a process of its own, on
 * a database that has its schema.
 *
 * @param times sorted
 * @param atRest bytes that the last one held a while after its start, when nobody had asked it yet
 */
record Starts(String name, List<Duration> times, long atRest) {
  private static final Duration REST = Duration.ofSeconds(5);

  /** As it is started without further ado. */
  static Starts plain(Gatewright server, int count) {
    return measure("plain", server, count);
  }

  /** With an AOT cache, made as docs/operations.md says. */
  static Starts withCache(Gatewright server, int count) {
    Path cache = server.makeAotCache();
    return measure("with the AOT cache", server, count, "-XX:AOTCache=" + cache);
  }

  Duration median() {
    return times.get(times.size() / 2);
  }

  private static Starts measure(String name, Gatewright server, int count, String... options) {
    long[] atRest = new long[1];
    List<Duration> times =
        Stream.generate(
                () -> {
                  try (HttpProcess process = server.start(options)) {
                    pause();
                    atRest[0] = Usage.residentMemory(process.pid());
                    return process.startup();
                  }
                })
            .limit(count)
            .sorted()
            .toList();
    return new Starts(name, times, atRest[0]);
  }

  private static void pause() {
    try {
      Thread.sleep(REST.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
