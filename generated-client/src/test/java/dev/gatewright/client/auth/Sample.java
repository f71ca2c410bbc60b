package dev.gatewright.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A program of {@code docs/samples}, run as its reader would run it. */
final class Sample {

  private static final Path SAMPLES = Path.of("..", "docs", "samples").toAbsolutePath().normalize();
  private static final Pattern ADDRESS =
      Pattern.compile("Please go to (\\S+) and authorize access\\.");

  private final List<String> command;
  private final URI issuer;
  private final Map<String, String> environment = new HashMap<>();

  private Sample(List<String> command, URI issuer) {
    this.command = command;
    this.issuer = issuer;
  }

  /** Compiles every Java sample, against the class path of this test and without a warning. */
  static void compile(Path classes) {
    try (Stream<Path> files = Files.list(SAMPLES.resolve("java"))) {
      List<String> arguments =
          new ArrayList<>(List.of("-Xlint:all", "-Werror", "-d", classes.toString()));
      arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
      files.map(Path::toString).forEach(arguments::add);
      ByteArrayOutputStream messages = new ByteArrayOutputStream();
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, messages, arguments.toArray(String[]::new));
      assertEquals(0, status, () -> messages.toString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A compiled Java sample. */
  static Sample java(Path classes, String name, URI issuer, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", classes + File.pathSeparator + System.getProperty("java.class.path"), name));
    command.addAll(List.of(arguments));
    return new Sample(command, issuer);
  }

  /**
   * A compiled Java sample on a class path of its own, with the SDK and what it needs as modules.
   */
  static Sample onModules(Path classes, String name, URI issuer, String... arguments) {
    String modules =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry ->
                entry.endsWith(".jar") || entry.endsWith("generated-client/target/classes"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-p", modules, "--add-modules", "dev.gatewright.client"));
    command.addAll(List.of("-cp", classes.toString(), name));
    command.addAll(List.of(arguments));
    return new Sample(command, issuer);
  }

  /** A Python program. Without the libraries it needs the test is skipped, except in CI. */
  static Sample python(String file, URI issuer, String... arguments) {
    String python =
        Stream.of("python3", "/usr/bin/python3")
            .filter(Sample::hasLibraries)
            .findFirst()
            .orElse("");
    String why =
        "needs Python 3 with requests_oauthlib and PyJWT (Debian: python3-requests-oauthlib,"
            + " python3-jwt)";
    if (System.getenv("CI") == null) {
      assumeTrue(!python.isEmpty(), why);
    }
    assertTrue(!python.isEmpty(), why);
    List<String> command =
        new ArrayList<>(List.of(python, SAMPLES.resolve("python").resolve(file).toString()));
    command.addAll(List.of(arguments));
    return new Sample(command, issuer);
  }

  /** Sets a variable of its environment. */
  Sample with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs it to its end and gives all that it wrote. */
  String run(int exitStatus) {
    try {
      Process process = start();
      process.getOutputStream().close();
      return end(process, exitStatus, new StringBuilder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it, does what it asks of the user, and gives all that it wrote. */
  String runWithUser(FakeProvider provider) {
    try {
      Process process = start();
      StringBuilder written = new StringBuilder();
      URI authorizationUrl = authorizationUrl(process.inputReader(UTF_8), written);
      try (var input = process.outputWriter(UTF_8)) {
        input.write(provider.approve(authorizationUrl) + "\n");
      }
      return end(process, 0, written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI authorizationUrl(BufferedReader output, StringBuilder written)
      throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      written.append(line).append('\n');
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return URI.create(address.group(1));
      }
    }
    throw new AssertionError("The sample asked for nothing: " + written);
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("GATEWRIGHT_ISSUER", issuer.toString());
    builder.environment().put("OAUTHLIB_INSECURE_TRANSPORT", "1");
    builder.environment().put("PYTHONUNBUFFERED", "1");
    return builder.start();
  }

  private static String end(Process process, int exitStatus, StringBuilder written)
      throws IOException {
    process.inputReader(UTF_8).lines().forEach(line -> written.append(line).append('\n'));
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertEquals(exitStatus, process.exitValue(), written::toString);
    return written.toString();
  }

  private static boolean hasLibraries(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import requests_oauthlib, jwt, cryptography")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
