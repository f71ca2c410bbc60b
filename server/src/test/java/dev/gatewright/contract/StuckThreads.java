package dev.gatewright.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Virtual threads that still serve a request which was answered, or given up, long ago. The one
 * that purges is none: it lives as long as its server.
 */
final class StuckThreads {
  private StuckThreads() {}

  /** Waits until there is none; else what they do, after so long. */
  static List<String> await(Path folder, Duration patience) throws IOException {
    Instant end = Instant.now().plus(patience);
    for (int look = 0; ; look++) {
      List<String> stuck = now(folder.resolve("threads-" + look + ".json"));
      if (stuck.isEmpty() || Instant.now().isAfter(end)) {
        return stuck;
      }
      pause();
    }
  }

  private static List<String> now(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toAbsolutePath().toString(), ThreadDumpFormat.JSON);
    List<String> stuck = new ArrayList<>();
    JsonNode dump = new ObjectMapper().readTree(Files.readString(file));
    for (JsonNode container : dump.at("/threadDump/threadContainers")) {
      for (JsonNode thread : container.path("threads")) {
        String stack = thread.path("stack").toString();
        if (thread.path("virtual").asBoolean()
            && stack.contains("dev.gatewright.")
            && !thread.path("name").asText().equals("purge")) {
          stuck.add(stack);
        }
      }
    }
    return stuck;
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
