package dev.gatewright.benchmark;

import dev.gatewright.benchmark.act.Asking;
import dev.gatewright.benchmark.act.LoggingIn;
import dev.gatewright.benchmark.ceiling.CeilingServer;
import dev.gatewright.benchmark.ceiling.Loops;
import dev.gatewright.benchmark.ceiling.TrivialServer;
import dev.gatewright.benchmark.load.Conversation;
import dev.gatewright.benchmark.process.Cores;
import dev.gatewright.benchmark.process.HttpProcess;
import dev.gatewright.benchmark.process.ServerLibraries;
import dev.gatewright.benchmark.report.Measured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what this machine can do at all, on the same core and by the same load. */
final class Ceilings {
  private final Settings settings;
  private final Cores cores;
  private final Measurement measurement;
  private final Console console;

  Ceilings(Settings settings, Cores cores, Measurement measurement, Console console) {
    this.settings = settings;
    this.cores = cores;
    this.measurement = measurement;
    this.console = console;
  }

  /** A server that looks at nothing: what the load can do. */
  Measured trivial() {
    console.say("A trivial server");
    try (HttpProcess server = start(TrivialServer.class, "trivial")) {
      return measurement.of("trivial server", server, ask("/"));
    }
  }

  /** Micronaut alone, and with a signature. */
  List<Measured> servers() {
    Map<String, String> paths = new LinkedHashMap<>();
    paths.put(Shares.BARE, "/bare");
    paths.put(Shares.ES256, "/es256");
    paths.put(Shares.RS256, "/rs256");
    List<Measured> measured = new ArrayList<>();
    paths.forEach((name, path) -> {
      console.say(name);
      try (HttpProcess server = start(CeilingServer.class, path.substring(1))) {
        measured.add(measurement.of(name, server, ask(path)));
      }
    });
    return measured;
  }

  /**
   * Signatures and password hashes per second of one core, by name, and {@code provider}.
   *
   * @param hash of the password of all users, as the server made it
   */
  Map<String, String> loops(String hash) throws IOException {
    console.say("Signatures and password hashes, each in a loop");
    List<String> command =
        cores.measured(
            ServerLibraries.command(
                settings.server(),
                settings.serverOptions(),
                Loops.class,
                hash,
                LoggingIn.PASSWORD));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<String, String> found = new LinkedHashMap<>();
    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> found.put(pair[0], pair[1]));
    return found;
  }

  private HttpProcess start(Class<?> main, String name) {
    int port = HttpProcess.freePort();
    Path folder = settings.folder().resolve("benchmark").resolve(name);
    return HttpProcess.start(
        cores.measured(ServerLibraries.command(settings.server(), settings.serverOptions(), main)),
        Map.of("MICRONAUT_SERVER_PORT", Integer.toString(port)),
        port,
        "/ready",
        folder);
  }

  private List<Conversation> ask(String path) {
    return Collections.nCopies(settings.connections(), Asking.ceiling(path));
  }
}
