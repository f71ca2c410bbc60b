package dev.gatewright.persistence.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A MySQL server of the test's own: installed, or Debian's packages unpacked into the folder that
 * {@code ledger.mysql.root} names, libraries and all.
 */
final class MySqlEngine {
  private static final Path LIBRARIES = Path.of("usr/lib/x86_64-linux-gnu");

  private MySqlEngine() {}

  static Engine start() throws IOException {
    Path root = root();
    Path folder = Files.createTempDirectory("gatewright-ledger-");
    int port = Ports.next();
    List<String> server =
        Stream.concat(
                mysqld(root),
                Stream.of(
                    "--no-defaults",
                    "--user=" + System.getProperty("user.name"),
                    "--basedir=" + root.resolve("usr"),
                    "--lc-messages-dir=" + root.resolve("usr/share/mysql"),
                    "--character-sets-dir=" + root.resolve("usr/share/mysql/charsets"),
                    "--plugin-dir=" + root.resolve("usr/lib/mysql/plugin"),
                    "--secure-file-priv=NULL",
                    "--datadir=" + folder.resolve("data")))
            .toList();
    Path log = folder.resolve("log");
    Commands.run(Commands.plus(server, "--initialize-insecure"), Map.of(), log);
    List<String> command =
        Commands.plus(
            server,
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--socket=" + folder.resolve("socket"),
            "--pid-file=" + folder.resolve("pid"),
            "--mysqlx=OFF",
            "--max-connections=300");
    DatabaseProcess process =
        new DatabaseProcess(
            new DatabaseProcess.Launch(
                port, command, Map.of(), log, "select 1", Engine.database(port, "", "root", "")));
    process.start();
    return new Engine(List.of(process), folder, "root", "", "");
  }

  /**
   * Where it is unpacked through its own loader, for its C library may be newer than the system's.
   */
  private static Stream<String> mysqld(Path root) {
    String executable = root.resolve("usr/sbin/mysqld").toString();
    Path libraries = root.resolve(LIBRARIES);
    Path loader = libraries.resolve("ld-linux-x86-64.so.2");
    return root.equals(Path.of("/")) || !Files.exists(loader)
        ? Stream.of(executable)
        : Stream.of(loader.toString(), "--library-path", libraries.toString(), executable);
  }

  private static Path root() {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElse(System.getProperty("user.home") + "/.cache");
    return Commands.root(
        "ledger.mysql.root", "usr/sbin/mysqld", cache + "/gatewright-databases/mysql/root");
  }
}
