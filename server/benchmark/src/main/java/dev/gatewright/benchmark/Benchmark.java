package dev.gatewright.benchmark;

import dev.gatewright.benchmark.data.Storage;
import dev.gatewright.benchmark.load.LoadGenerator;
import dev.gatewright.benchmark.process.Cores;
import dev.gatewright.benchmark.process.Database;
import dev.gatewright.benchmark.process.Databases;
import dev.gatewright.benchmark.process.Gatewright;
import dev.gatewright.benchmark.process.HttpProcess;
import dev.gatewright.benchmark.process.Usage;
import dev.gatewright.benchmark.report.Machine;
import dev.gatewright.benchmark.report.Measured;
import dev.gatewright.benchmark.report.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures the packaged server: docs/performance.md says what and how. */
public final class Benchmark {
  private static final String MIXED = "mixed";

  private final Settings settings;
  private final String machine = Machine.describe();
  private final Console console = new Console();
  private final Report report = new Report();
  private final Cores cores = Cores.ofThisMachine();

  private Benchmark(Settings settings) {
    this.settings = settings;
  }

  /** The entry point; everything is asked for by system properties. */
  public static void main(String[] arguments) throws IOException, SQLException {
    // whoever stops it stops what it has started
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    new Benchmark(Settings.fromSystemProperties()).run();
  }

  private void run() throws IOException, SQLException {
    try (LoadGenerator load = new LoadGenerator();
        Databases databases = open()) {
      Measurement measurement = new Measurement(settings, load);
      Gatewright server = server(databases.database());
      Preparation preparation = new Preparation(settings, server, load, console);
      preparation.populate();
      head(server.database(), preparation.users());
      report.storage(Storage.of(server.database()));
      try {
        moveAside(server.database());
        List<Measured> operations = server(server, preparation, measurement);
        if (settings.ceilings()) {
          ceilings(operations, preparation.passwordHash(), measurement);
        }
      } finally {
        server.database().pid().ifPresent(cores::release);
      }
    }
    Path file = settings.folder().resolve("benchmark.md");
    report.write(file);
    console.print("\n" + report);
    console.say("Written to " + file);
  }

  private Databases open() {
    return Databases.open(
        settings.database(),
        settings.databaseUsername(),
        settings.databasePassword(),
        settings.databaseMemory(),
        folder());
  }

  private Gatewright server(Database database) {
    return new Gatewright(
        settings.server(),
        folder(),
        settings.serverOptions(),
        settings.algorithm(),
        database,
        cores);
  }

  private Path folder() {
    return settings.folder().resolve("benchmark");
  }

  private void moveAside(Database database) {
    cores.moveAside(ProcessHandle.current().pid());
    database.pid().ifPresent(cores::moveAside);
  }

  private void head(Database database, int users) {
    report.paragraph(
        Numbers.text(
            "%s. %s; %,d users, consents, grants and refresh tokens. %s"
                + " Runs: %d of %d s after %d s of warming up. Tokens of users are signed with %s."
                + " Options of the server's JVM: %s.",
            machine,
            database.product(),
            users,
            where(database),
            settings.runs(),
            settings.time().toSeconds(),
            settings.warmup().toSeconds(),
            settings.algorithm(),
            settings.serverOptions().isEmpty()
                ? "none"
                : String.join(" ", settings.serverOptions())));
  }

  private String where(Database database) {
    if (!cores.pinned()) {
      return "Nothing is pinned to a core (no taskset, or one core only).";
    }
    boolean elsewhere = !database.isEmbedded() && database.pid().isEmpty();
    return "The server is pinned to core 0, the load to core 1, and the database "
        + (database.isEmbedded()
            ? "is in the server."
            : elsewhere ? "is where this process does not reach it." : "to core 1 too.");
  }

  private List<Measured> server(
      Gatewright server, Preparation preparation, Measurement measurement) {
    List<Starts> starts = new ArrayList<>();
    if (settings.starts() > 0) {
      console.say("Cold starts");
      starts.add(Starts.plain(server, settings.starts()));
      starts.add(Starts.withCache(server, settings.starts()));
    }
    try (HttpProcess process = server.start()) {
      List<Measured> measured =
          operations(preparation.operations(process), process, server, measurement);
      report.starts(
          starts, Usage.residentMemory(process.pid()), Usage.mostResidentMemory(process.pid()));
      return measured;
    }
  }

  private List<Measured> operations(
      Operations operations, HttpProcess process, Gatewright server, Measurement measurement) {
    List<Measured> measured = new ArrayList<>();
    operations
        .all()
        .forEach((name, conversations) -> {
          if (settings.measures(name)) {
            console.say(name);
            measured.add(measurement.of(name, process, server.database(), conversations));
          }
        });
    report.operations(measured, server.database().isEmbedded());
    if (settings.measures(MIXED)) {
      console.say(MIXED);
      report.mixed(measurement.mixed(process, operations));
    }
    return measured;
  }

  private void ceilings(List<Measured> operations, String passwordHash, Measurement measurement)
      throws IOException {
    Ceilings ceilings = new Ceilings(settings, cores, measurement, console);
    List<Measured> servers = new ArrayList<>();
    servers.add(ceilings.trivial());
    servers.addAll(ceilings.servers());
    Map<String, String> loops = ceilings.loops(passwordHash);
    report.ceilings(servers, loops);
    Shares shares = new Shares();
    shares.add(servers, loops);
    report.table(shares.table(operations));
  }
}
