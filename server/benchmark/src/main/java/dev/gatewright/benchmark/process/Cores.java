package dev.gatewright.benchmark.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who runs on which core: what is measured alone on the first; the database and the load on the
 * second. By {@code taskset}; where there is none, or one core only, everything runs everywhere.
 *
 * @param pinned whether they are kept apart
 * @param count of cores
 */
public record Cores(boolean pinned, int count) {
  private static final String MEASURED = "0";
  private static final String OTHERS = "1";

  /** What this machine allows. */
  public static Cores ofThisMachine() {
    int count = Runtime.getRuntime().availableProcessors();
    return new Cores(count > 1 && run("taskset", "--version") == 0, count);
  }

  /** The command, on the core of what is measured. */
  public List<String> measured(List<String> command) {
    List<String> whole = new ArrayList<>();
    if (pinned) {
      whole.addAll(List.of("taskset", "-c", MEASURED));
    }
    whole.addAll(command);
    return whole;
  }

  /** Moves a process with all its threads, and what they start from now on, to the other core. */
  public void moveAside(long pid) {
    if (pinned && run("taskset", "-acp", OTHERS, Long.toString(pid)) != 0) {
      throw new IllegalStateException("Process " + pid + " cannot be moved to core " + OTHERS);
    }
  }

  /** Lets a process that was moved run everywhere again. */
  public void release(long pid) {
    if (pinned) {
      run("taskset", "-acp", "0-" + (count - 1), Long.toString(pid));
    }
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
