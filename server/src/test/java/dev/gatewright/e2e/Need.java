package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the machine has to have for a test. Where it is missing the test is skipped, and says why;
 * in CI it fails.
 */
public final class Need {
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

  /** The load balancer HAProxy. */
  public static void haproxy() {
    met(succeeds("haproxy", "-v"), "needs HAProxy (Debian: haproxy)");
  }

  /** A Python with the libraries that the samples use. */
  static String python() {
    return pythonWith(
        "requests_oauthlib, jwt, cryptography", "python3-requests-oauthlib python3-jwt");
  }

  /** A Python that can import these; in Debian they are in the packages. */
  static String pythonWith(String imports, String packages) {
    Optional<String> python =
        Stream.of("python3", "/usr/bin/python3")
            .filter(each -> succeeds(each, "-c", "import " + imports))
            .findFirst();
    met(python.isPresent(), "needs Python 3 with " + imports + " (Debian: " + packages + ")");
    return python.orElseThrow();
  }

  /** The {@code target} of a sample that is a project of its own. */
  static Path builtSample(String name) {
    Path target = Path.of("..", "docs", "samples", name, "target");
    met(
        Files.isDirectory(target.resolve("classes")),
        "needs the samples to be built: mvn -Psamples package (docs/samples/README.md)");
    return target.toAbsolutePath().normalize();
  }

  /** The client in another language that the profile {@code clients} generates. */
  static Path generatedClient(String language) {
    Path client = Path.of("..", "generated-client", "target", "clients", language);
    met(Files.isDirectory(client), "needs the generated clients: mvn -Pclients (docs/clients.md)");
    return client.toAbsolutePath().normalize();
  }

  /** The {@code node_modules} with TypeScript; there is a Node that is new enough, too. */
  static Path typescript() {
    String modules = System.getenv("GATEWRIGHT_NODE_MODULES");
    met(
        modules != null
            && Files.isDirectory(Path.of(modules, "typescript"))
            && succeeds("node", "-v"),
        "needs Node, and TypeScript in the folder node_modules that GATEWRIGHT_NODE_MODULES names");
    return Path.of(String.valueOf(modules));
  }

  /** Prism, in the folder {@code node_modules} that the environment names, and a Node for it. */
  static Path prism() {
    Path prism = Path.of(String.valueOf(System.getenv("GATEWRIGHT_NODE_MODULES")), ".bin", "prism");
    met(
        Files.exists(prism) && succeeds("node", "-v"),
        "needs Node, and @stoplight/prism-cli in the folder node_modules that"
            + " GATEWRIGHT_NODE_MODULES names");
    return prism;
  }

  /** How many more files this process may open; at least so many. */
  static long openFiles(int least) {
    long more =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
            : 0;
    met(more >= least, "needs ulimit -n to allow " + least + " more files than " + more);
    return more;
  }

  private static void met(boolean present, String why) {
    if ("true".equals(System.getenv("CI"))) {
      assertTrue(present, why);
    } else {
      assumeTrue(present, why);
    }
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
