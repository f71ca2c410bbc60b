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
import java.util.OptionalLong;

/** Drives a server with one operation at a time. */
final class Measurement {
  private static final long OWN_PID = ProcessHandle.current().pid();
  private static final int TOKEN_CALLS = 50; // per second

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
    Duration ofLoad = Usage.processorTime(OWN_PID);
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
        Usage.processorTime(OWN_PID).minus(ofLoad),
        Duration.ofNanos(System.nanoTime() - begin));
  }

  /** As above, for a server without a database. */
  Measured of(String operation, HttpProcess server, List<? extends Conversation> conversations) {
    return of(operation, server, new Database("", "", "", OptionalLong.empty()), conversations);
  }

  /**
   * Token calls at a steady rate beside as many logins as there can be.
   *
   * @return the token calls, whose latency counts from when each should have begun, and the logins
   */
  List<Measured> mixed(HttpProcess server, Operations operations) {
    List<Tally> calls = new ArrayList<>();
    List<Tally> logins = new ArrayList<>();
    List<Conversation> users = operations.logins();
    List<Conversation> machines = operations.machines();
    if (!settings.warmup().isZero()) {
      load.drive(server.address(), users, settings.warmup());
    }
    for (int run = 0; run < settings.runs(); run++) {
      var storm = load.closed(server.address(), users, settings.time());
      var steady = load.open(server.address(), machines, TOKEN_CALLS, settings.time());
      logins.add(LoadGenerator.await(storm, settings.time()));
      calls.add(LoadGenerator.await(steady, settings.time()));
    }
    return List.of(
        measured(TOKEN_CALLS + " token calls a second", machines.size(), calls),
        measured("logins beside them", users.size(), logins));
  }

  private static Measured measured(String name, int connections, List<Tally> runs) {
    return new Measured(
        name, connections, runs, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofNanos(1));
  }

  private static Duration processorTime(Database database) {
    return database.pid().isPresent()
        ? Usage.processorTime(database.pid().getAsLong())
        : Duration.ZERO;
  }
}
