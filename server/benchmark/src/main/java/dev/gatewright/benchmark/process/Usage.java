package dev.gatewright.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used, and holds. */
public final class Usage {
  private static final long KIB = 1024;

  private Usage() {}

  /** Processor time so far, of all threads: user and system, to a hundredth of a second. */
  public static Duration processorTime(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Resident memory in bytes; 0 where the system does not say. */
  public static long residentMemory(long pid) {
    return status(pid, "VmRSS:");
  }

  /** The most that it has held so far; 0 where the system does not say. */
  public static long mostResidentMemory(long pid) {
    return status(pid, "VmHWM:");
  }

  private static long status(long pid, String field) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
