package dev.gatewright.persistence.ledger;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What the kernel does to a process whether it likes it or not. */
final class Signals {
  private Signals() {}

  /** {@code SIGKILL}: it ends between two instructions, whichever they are. */
  static void kill(Process process) {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("It does not end: " + process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** {@code SIGSTOP}: it does nothing, and its connections stay open. */
  static void stop(Process process) {
    send("STOP", process);
  }

  /** {@code SIGCONT}. */
  static void resume(Process process) {
    send("CONT", process);
  }

  private static void send(String signal, Process process) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -" + signal + " ends with " + status);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
