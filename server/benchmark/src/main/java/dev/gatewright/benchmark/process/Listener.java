package dev.gatewright.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the process of this machine that listens on a port; on Linux. */
public final class Listener {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern LOCAL =
      Pattern.compile("jdbc:mysql://(?:127\\.0\\.0\\.1|localhost|\\[::1\\])(?::([0-9]+))?/.*");
  private static final String MYSQL_PORT = "3306";
  private static final String LISTENS = "0A";
  private static final int STATE = 3;
  private static final int INODE = 9;

  private Listener() {}

  /** The process behind a JDBC URL of this machine; empty for another, or where none is found. */
  public static OptionalLong behind(String url) {
    Matcher local = LOCAL.matcher(url);
    if (!local.matches() || !Files.isReadable(PROC.resolve("net/tcp"))) {
      return OptionalLong.empty();
    }
    String port = local.group(1) == null ? MYSQL_PORT : local.group(1);
    try {
      return on(Integer.parseInt(port));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong on(int port) throws IOException {
    String suffix = ":%04X".formatted(port);
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(PROC.resolve(table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length > INODE && fields[1].endsWith(suffix) && fields[STATE].equals(LISTENS)) {
          return owner("socket:[" + fields[INODE] + "]");
        }
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong owner(String socket) {
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> holds(pid, socket))
        .findFirst();
  }

  private static boolean holds(long pid, String socket) {
    try (Stream<Path> files = Files.list(PROC.resolve(pid + "/fd"))) {
      return files.anyMatch(file -> target(file).equals(socket));
    } catch (IOException e) {
      return false; // another user's, or gone
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
