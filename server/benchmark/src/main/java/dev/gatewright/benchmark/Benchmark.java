package dev.gatewright.benchmark;

import dev.gatewright.benchmark.load.LoadGenerator;
import dev.gatewright.benchmark.process.Cores;
import dev.gatewright.benchmark.process.Database;
import dev.gatewright.benchmark.process.Databases;
import dev.gatewright.benchmark.process.Gatewright;
import dev.gatewright.benchmark.report.Machine;
import dev.gatewright.benchmark.report.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the packaged server: docs/performance.md says what and how. */
public final class Benchmark {
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
    try {
      new Benchmark(Settings.fromSystemProperties()).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, SQLException {
    List<String> broken;
    try (LoadGenerator load = new LoadGenerator();
        Databases databases = open()) {
      Database database = databases.database();
      Measurement measurement = new Measurement(settings, load);
      Stage stage = new Stage(settings, server(database), load, measurement, report, console);
      head(database);
      try {
        List<Measured> operations = sizes(stage, database);
        if (settings.ceilings()) {
          ceilings(operations, stage.passwordHash(), measurement);
        }
        broken = stage.broken();
      } finally {
        Stage.release(cores, database);
      }
    }
    Path file = settings.folder().resolve("benchmark.md");
    report.write(file);
    console.print("\n" + report);
    console.say("Written to " + file);
    if (!broken.isEmpty()) {
      throw new IllegalStateException("Failed every time: " + broken);
    }
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

  /** Returns what was measured with the fewest rows. */
  private List<Measured> sizes(Stage stage, Database database) throws SQLException {
    Growth growth = new Growth();
    for (int rows : settings.rows()) {
      Stage.release(cores, database);
      stage.fill(rows);
      Stage.moveAside(cores, database);
      growth.add(stage.users(), stage.measure(growth.isEmpty() && settings.starts() > 0));
    }
    if (growth.hasSeveral()) {
      report.heading("Growth");
      report.table(growth.table());
    }
    return growth.smallest();
  }

  private void ceilings(List<Measured> operations, String passwordHash, Measurement measurement)
      throws IOException {
    Ceilings ceilings = new Ceilings(settings, cores, measurement, console);
    List<Measured> servers = new ArrayList<>();
    servers.add(ceilings.trivial());
    servers.addAll(ceilings.servers());
    Map<String, String> loops = ceilings.loops(passwordHash);
    report.heading("What the machine can do");
    report.ceilings(servers, loops);
    Shares shares = new Shares();
    shares.add(servers, loops);
    report.table(shares.table(operations));
  }

  private void head(Database database) {
    report.paragraph(
        String.format(
            Locale.ROOT,
            "%s. %s. %s Runs: %d of %d s after %d s of warming up. Tokens of users are signed with"
                + " %s. Options of the server's JVM: %s.",
            machine,
            database.product(),
            where(database),
            settings.runs(),
            settings.time().toSeconds(),
            settings.warmup().toSeconds(),
            settings.algorithm(),
            server(database).describeOptions()));
  }

  private String where(Database database) {
    if (!cores.pinned()) {
      return "Nothing is pinned to a core (no taskset, or one core only).";
    }
    String known = database.pid().isPresent() ? "to core 1 too." : "is not on this machine.";
    return "The server is pinned to core 0, the load to core 1, and the database "
        + (database.isEmbedded() ? "is in the server." : known);
  }
}
