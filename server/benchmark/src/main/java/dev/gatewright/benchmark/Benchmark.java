package dev.gatewright.benchmark;

import dev.gatewright.benchmark.load.LoadGenerator;
import dev.gatewright.benchmark.process.Cores;
import dev.gatewright.benchmark.process.Database;
import dev.gatewright.benchmark.process.Databases;
import dev.gatewright.benchmark.process.Gatewright;
import dev.gatewright.benchmark.process.HttpProcess;
import dev.gatewright.benchmark.report.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Measures the packaged server: docs/performance.md says what and how. */
public final class Benchmark {
  private final Settings settings;
  private final Console console = new Console();
  private final Report report = new Report();
  private final Cores cores = Cores.ofThisMachine();

  private Benchmark(Settings settings) {
    this.settings = settings;
  }

  /** The entry point; everything is asked for by system properties. */
  public static void main(String[] arguments) throws IOException, SQLException {
    new Benchmark(Settings.fromSystemProperties()).run();
  }

  private void run() throws IOException, SQLException {
    Path folder = settings.folder().resolve("benchmark");
    try (LoadGenerator load = new LoadGenerator();
        Databases databases =
            Databases.open(
                settings.database(),
                settings.databaseUsername(),
                settings.databasePassword(),
                settings.databaseMemory(),
                folder)) {
      Database database = databases.database();
      Gatewright server =
          new Gatewright(
              settings.server(),
              folder,
              settings.serverOptions(),
              settings.algorithm(),
              database,
              cores);
      Preparation preparation = new Preparation(settings, server, load, console);
      preparation.populate();
      moveAside(database);
      try (HttpProcess process = server.start()) {
        operations(preparation.operations(process), process, database, load);
      } finally {
        database.pid().ifPresent(cores::release);
      }
    }
    Path file = settings.folder().resolve("benchmark.md");
    report.write(file);
    console.print("\n" + report);
    console.say("Written to " + file);
  }

  private void moveAside(Database database) {
    cores.moveAside(ProcessHandle.current().pid());
    database.pid().ifPresent(cores::moveAside);
  }

  private void operations(
      Operations operations, HttpProcess process, Database database, LoadGenerator load) {
    Measurement measurement = new Measurement(settings, load);
    List<Measured> measured = new ArrayList<>();
    operations
        .all()
        .forEach((name, conversations) -> {
          if (settings.measures(name)) {
            console.say(name);
            measured.add(measurement.of(name, process, database, conversations));
          }
        });
    report.heading("Operations");
    report.operations(measured, database.isEmbedded());
  }
}
