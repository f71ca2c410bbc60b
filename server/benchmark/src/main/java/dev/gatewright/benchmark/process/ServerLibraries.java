package dev.gatewright.benchmark.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * JVMs of the benchmark's own, set as the server's is, with the native provider that is among its
 * libraries.
 */
public final class ServerLibraries {
  private static final String PROVIDER = "AmazonCorrettoCryptoProvider";

  private ServerLibraries() {}

  /** The command that runs a class of this module. */
  public static List<String> command(
      Path serverJar, List<String> jvmOptions, Class<?> main, String... arguments) {
    Stream<String> java =
        Stream.of(
                Stream.of(
                    Gatewright.java(),
                    "@" + Gatewright.optionsFile(serverJar),
                    "--enable-native-access=ALL-UNNAMED"),
                jvmOptions.stream(),
                Stream.of("-classpath", classPath(serverJar), main.getName()),
                Stream.of(arguments))
            .flatMap(part -> part);
    return java.toList();
  }

  private static String classPath(Path serverJar) {
    try (Stream<Path> libraries = Files.list(serverJar.resolveSibling("lib"))) {
      return Stream.concat(
              Stream.of(System.getProperty("java.class.path")),
              libraries
                  .filter(library -> library.getFileName().toString().startsWith(PROVIDER))
                  .map(Path::toString))
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
