package dev.gatewright.benchmark;

import dev.gatewright.benchmark.load.Conversation;
import dev.gatewright.benchmark.load.LoadGenerator;
import dev.gatewright.benchmark.load.Tally;
import dev.gatewright.benchmark.process.Database;
import dev.gatewright.benchmark.process.HttpProcess;
import dev.gatewright.benchmark.process.Usage;
import dev.gatewright.benchmark.report.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Drives a server with one operation at a time. */
final class Measurement {
  private final Settings settings;
  private final LoadGenerator load;

  Measurement(Settings settings, LoadGenerator load) {
    this.settings = settings;
    this.load = load;
  }

  /** Warms up, then runs as often and as long as was asked for. */
  Measured of(
      String operation,
      HttpProcess server,
      Database database,
      List<? extends Conversation> conversations) {
    if (!settings.warmup().isZero()) {
      load.drive(server.address(), conversations, settings.warmup());
    }
    List<Tally> runs = new ArrayList<>();
    Duration ofServer = Usage.processorTime(server.pid());
    Duration ofDatabase = processorTime(database);
    long begin = System.nanoTime();
    for (int run = 0; run < settings.runs(); run++) {
      runs.add(load.drive(server.address(), conversations, settings.time()));
    }
    return new Measured(
        operation,
        conversations.size(),
        runs,
        Usage.processorTime(server.pid()).minus(ofServer),
        processorTime(database).minus(ofDatabase),
        Duration.ofNanos(System.nanoTime() - begin));
  }

  private static Duration processorTime(Database database) {
    return database.pid().isPresent()
        ? Usage.processorTime(database.pid().getAsLong())
        : Duration.ZERO;
  }
}
