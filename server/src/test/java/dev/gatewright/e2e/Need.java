package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the machine has to have for a test. Where it is missing the test is skipped, and says why;
 * in CI it fails.
 */
final class Need {
  private Need() {}

  /** The Chromium that the environment variable {@code CHROMIUM} names, or else the system's. */
  static Path chromium() {
    Path executable =
        Path.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"));
    met(
        Files.isExecutable(executable),
        "needs Chromium; there is no " + executable + ", and CHROMIUM names no other");
    return executable;
  }

  /** A Python with the libraries that the samples use. */
  static String python() {
    Optional<String> python =
        Stream.of("python3", "/usr/bin/python3").filter(Need::hasLibraries).findFirst();
    met(
        python.isPresent(),
        "needs Python 3 with requests_oauthlib and PyJWT (Debian: python3-requests-oauthlib,"
            + " python3-jwt)");
    return python.orElseThrow();
  }

  private static void met(boolean present, String why) {
    if ("true".equals(System.getenv("CI"))) {
      assertTrue(present, why);
    } else {
      assumeTrue(present, why);
    }
  }

  private static boolean hasLibraries(String python) {
    try {
      return new ProcessBuilder(python, "-c", "import requests_oauthlib, jwt, cryptography")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such Python
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
