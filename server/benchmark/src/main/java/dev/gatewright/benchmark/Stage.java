package dev.gatewright.benchmark;

import dev.gatewright.benchmark.data.Storage;
import dev.gatewright.benchmark.load.LoadGenerator;
import dev.gatewright.benchmark.process.Cores;
import dev.gatewright.benchmark.process.Database;
import dev.gatewright.benchmark.process.Gatewright;
import dev.gatewright.benchmark.process.HttpProcess;
import dev.gatewright.benchmark.process.Usage;
import dev.gatewright.benchmark.report.Measured;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The server on one amount of data: filled, started, driven. */
final class Stage {
  private static final String MIXED = "mixed";

  private final Settings settings;
  private final Gatewright server;
  private final Preparation preparation;
  private final Measurement measurement;
  private final Report report;
  private final Console console;
  private final List<String> broken = new ArrayList<>();

  Stage(
      Settings settings,
      Gatewright server,
      LoadGenerator load,
      Measurement measurement,
      Report report,
      Console console) {
    this.settings = settings;
    this.server = server;
    this.preparation = new Preparation(settings, server, load, console);
    this.measurement = measurement;
    this.report = report;
    this.console = console;
  }

  /** How many users there are. */
  int users() {
    return preparation.users();
  }

  /** The hash of every user's password. */
  String passwordHash() {
    return preparation.passwordHash();
  }

  /** Operations that failed every time, and how. */
  List<String> broken() {
    return List.copyOf(broken);
  }

  /** Brings the data to this size, on all cores. */
  void fill(int rows) throws SQLException {
    preparation.populate(rows);
    report.heading(String.format(Locale.ROOT, "%,d users", users()));
    report.storage(Storage.of(server.database()));
  }

  /**
   * Starts and drives the server, on its core.
   *
   * @return what was asked for, without {@code mixed}
   */
  List<Measured> measure(boolean coldStarts) {
    List<Starts> starts = new ArrayList<>();
    if (coldStarts) {
      console.say("cold starts");
      starts.add(Starts.plain(server, settings.starts()));
      starts.add(Starts.withCache(server, settings.starts()));
    }
    try (HttpProcess process = server.start()) {
      long before = Usage.residentMemory(process.pid());
      List<Measured> measured = drive(preparation.operations(process), process);
      report.starts(starts);
      report.memory(
          before, Usage.residentMemory(process.pid()), Usage.mostResidentMemory(process.pid()));
      return measured;
    }
  }

  /** Moves everything else to the other core. */
  static void moveAside(Cores cores, Database database) {
    cores.moveAside(ProcessHandle.current().pid());
    database.pid().ifPresent(cores::moveAside);
  }

  /** Lets everything run everywhere. */
  static void release(Cores cores, Database database) {
    cores.release(ProcessHandle.current().pid());
    database.pid().ifPresent(cores::release);
  }

  private List<Measured> drive(Operations operations, HttpProcess process) {
    List<Measured> measured = new ArrayList<>();
    operations
        .all()
        .forEach((name, conversations) -> {
          if (settings.measures(name)) {
            console.say(name);
            measured.add(measurement.of(name, process, server.database(), conversations));
          }
        });
    measured.stream()
        .filter(each -> each.completed() == 0 && each.failed() > 0)
        .forEach(each -> broken.add(each.operation() + ": " + each.failures()));
    report.operations(measured, server.database().isEmbedded());
    if (settings.measures(MIXED)) {
      console.say(MIXED);
      report.mixed(measurement.mixed(process, operations));
    }
    return measured;
  }
}
