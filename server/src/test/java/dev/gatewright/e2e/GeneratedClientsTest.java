package dev.gatewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients in other languages, generated from the contract, against a server. */
@Timeout(300)
class GeneratedClientsTest {
  private static final Path PROGRAMS =
      Path.of("..", "docs", "samples", "clients").toAbsolutePath().normalize();

  @TempDir static Path directory;

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(ServerProcess.freePort(), directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void typescriptCompilesStrictlyAndCallsTheServer() throws Exception {
    Path modules = Need.typescript();
    Path project = Files.createDirectory(directory.resolve("typescript"));
    copy(PROGRAMS, project);
    copy(Need.generatedClient("typescript"), project.resolve("gatewright-client"));
    Files.createSymbolicLink(project.resolve("node_modules"), modules);

    run(project, Map.of(), modules.resolve(".bin").resolve("tsc").toString());
    String name = TestUsers.freshName();
    String said = run(project, Map.of(), "node", "out/client.js", name, TestUsers.PASSWORD);

    assertEquals(expected(name, "true"), said);
  }

  @Test
  void pythonCallsTheServer() throws Exception {
    String python =
        Need.pythonWith(
            "urllib3, dateutil, pydantic; assert pydantic.VERSION < '2'",
            "python3-pydantic python3-urllib3 python3-dateutil");
    Path client = Need.generatedClient("python");
    String name = TestUsers.freshName();
    String said =
        run(
            directory,
            Map.of("PYTHONPATH", client.toString(), "PYTHONDONTWRITEBYTECODE", "1"),
            python,
            PROGRAMS.resolve("client.py").toString(),
            name,
            TestUsers.PASSWORD);

    assertEquals(expected(name, "True"), said);
  }

  private static String expected(String name, String yes) {
    return """
    created: %s
    changed: Grace Hopper %s
    wrong password: 401 Login failed
    too little scope: 403 Insufficient scope
    machine: orders:read %s
    wrong grant: 400 unsupported_grant_type
    """
        .formatted(name, yes, yes);
  }

  private static String run(Path folder, Map<String, String> environment, String... command)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("GATEWRIGHT_ISSUER", server.issuer().toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "It does not end");
    assertEquals(0, process.exitValue(), List.of(command) + ": " + said);
    return said;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(copy)) {
          Files.copy(file, copy);
        }
      }
    }
  }
}
