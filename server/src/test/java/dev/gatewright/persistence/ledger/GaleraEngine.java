package dev.gatewright.persistence.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A cluster of three (MariaDB Galera): installed, or Debian's packages {@code mariadb-server},
 * {@code galera-4} and what they need unpacked into the folder that {@code ledger.galera.root}
 * names. Connector/J knows all members and goes to the next when one is gone; {@code
 * wsrep_sync_wait} lets each read see what was committed at another member before.
 */
final class GaleraEngine {
  private static final int MEMBERS = 3;
  private static final String PROVIDER = "usr/lib/galera/libgalera_smm.so";

  private static final String SYNCED =
      "select 1 from information_schema.global_status"
          + " where variable_name = 'wsrep_local_state_comment' and variable_value = 'Synced'";

  private static final String OPTIONS =
      "?failOverReadOnly=false&sessionVariables=wsrep_sync_wait=1";

  private final Path root;
  private final Path folder;
  private final Map<String, String> environment;

  /** As of group communication, by member. */
  private final List<Integer> groupPorts = new ArrayList<>();

  private GaleraEngine(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
    this.environment =
        Map.of(
            "LD_LIBRARY_PATH",
            root.resolve("usr/lib/x86_64-linux-gnu") + ":" + root.resolve("lib/x86_64-linux-gnu"),
            "PATH",
            root.resolve("usr/bin") + ":" + root.resolve("usr/sbin") + ":" + System.getenv("PATH"));
    for (int i = 0; i < MEMBERS; i++) {
      groupPorts.add(Ports.next());
    }
  }

  static Engine start() throws IOException {
    Path root =
        Commands.root(
            "ledger.galera.root", "usr/sbin/mariadbd", "/var/tmp/gatewright-galera/mariadb");
    if (!Files.exists(root.resolve(PROVIDER))) {
      throw new IllegalStateException("There is no " + root.resolve(PROVIDER));
    }
    Path folder =
        Files.createTempDirectory(
            "gatewright-ledger-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    if (isRoot()) {
      Commands.run(List.of("chown", "nobody", folder.toString()), Map.of(), Path.of("/dev/null"));
    }
    return new GaleraEngine(root, folder).members();
  }

  private Engine members() throws IOException {
    List<DatabaseProcess> members = new ArrayList<>();
    String all =
        groupPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    for (int i = 0; i < MEMBERS; i++) {
      Path data = folder.resolve("n" + (i + 1));
      install(data);
      int port = Ports.next();
      List<String> command = command(data, port, i);
      DatabaseProcess member =
          new DatabaseProcess(
              new DatabaseProcess.Launch(
                  port,
                  Commands.plus(command, "--wsrep-cluster-address=gcomm://" + all),
                  environment,
                  log(data),
                  SYNCED,
                  Engine.database(port, "", "root", "")));
      if (i == 0) {
        member.start(Commands.plus(command, "--wsrep-cluster-address=gcomm://"));
      } else {
        member.start();
      }
      members.add(member);
    }
    return new Engine(members, folder, "root", "", OPTIONS);
  }

  private void install(Path data) throws IOException {
    Commands.run(
        asNobody(
            root.resolve("usr/bin/mariadb-install-db").toString(),
            "--no-defaults",
            "--basedir=" + root.resolve("usr"),
            "--datadir=" + data,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--skip-name-resolve"),
        environment,
        log(data));
  }

  private List<String> command(Path data, int port, int member) {
    int group = groupPorts.get(member);
    return asNobody(
        root.resolve("usr/sbin/mariadbd").toString(),
        "--no-defaults",
        "--basedir=" + root.resolve("usr"),
        "--lc-messages-dir=" + root.resolve("usr/share/mysql"),
        "--character-sets-dir=" + root.resolve("usr/share/mysql/charsets"),
        "--plugin-dir=" + root.resolve("usr/lib/mysql/plugin"),
        "--datadir=" + data,
        "--bind-address=127.0.0.1",
        "--port=" + port,
        "--socket=" + data.resolve("socket"),
        "--skip-name-resolve",
        "--max-connections=300",
        "--version=5.7.19-MariaDB", // or else Connector/J takes a 10 for older than fractions of
        // seconds
        "--binlog-format=ROW",
        "--default-storage-engine=InnoDB",
        "--innodb-autoinc-lock-mode=2",
        "--innodb-flush-log-at-trx-commit=2",
        "--wsrep-on=ON",
        "--wsrep-provider=" + root.resolve(PROVIDER),
        "--wsrep-cluster-name=gatewright-ledger",
        "--wsrep-node-name=n" + (member + 1),
        "--wsrep-node-address=127.0.0.1",
        "--wsrep-sst-method=rsync",
        "--wsrep-sst-receive-address=127.0.0.1:" + Ports.next(),
        "--wsrep-provider-options=base_port=%d;gmcast.listen_addr=tcp://127.0.0.1:%d;ist.recv_addr=127.0.0.1:%d;gcache.size=64M"
            .formatted(group, group, Ports.next()));
  }

  private Path log(Path data) {
    return Path.of(data + ".log");
  }

  /** The transfer of state by rsync refuses to run as root. */
  private static List<String> asNobody(String... command) {
    return isRoot()
        ? Commands.plus(
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"), command)
        : List.of(command);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
