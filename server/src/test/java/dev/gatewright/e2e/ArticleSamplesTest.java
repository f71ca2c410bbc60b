package dev.gatewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples of {@code docs/samples}, run as their readers run them, against a server. */
@Timeout(180)
class ArticleSamplesTest {
  private static final Path SAMPLES = Path.of("..", "docs", "samples").toAbsolutePath().normalize();
  private static final Pattern ADDRESS =
      Pattern.compile("Please go to (\\S+) and authorize access\\.");

  @TempDir static Path directory;

  private static TestServer server;
  private static TestUsers users;
  private static String shortLived;
  private static Instant expiry;

  @BeforeAll
  static void start() throws IOException {
    // The development clients, and one whose tokens expire as soon as they may.
    String development =
        new String(
            ArticleSamplesTest.class.getResourceAsStream("/bootstrap-dev.yml").readAllBytes(),
            UTF_8);
    Path bootstrap =
        Files.writeString(
            directory.resolve("bootstrap.yml"),
            development
                + """

                  - client_id: hasty
                    client_secret: hasty-secret-for-this-test-only-000000000000000
                    client_name: Hasty
                    grant_types: [client_credentials]
                    scope: users:read
                    access_token_lifetime: 10
                """);
    server = TestServer.start(Map.of("gatewright.bootstrap-file", bootstrap.toString()));
    users = new TestUsers(server);
    OAuth2Session hasty =
        Gatewright.connect(server.uri(""))
            .newSession()
            .clientId("hasty")
            .clientSecret("hasty-secret-for-this-test-only-000000000000000")
            .clientCredentials()
            .build();
    shortLived = hasty.accessToken();
    expiry = hasty.tokens().orElseThrow().expiresAt().plusSeconds(1);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ArticleClient", "article_client.py", "article-client.ts"})
  void userIsReadAfterTheLogin(String sample) throws Exception {
    User user = users.user();
    Process process = start(sample);
    StringBuilder said = new StringBuilder();
    URI redirect =
        new FormBrowser(user.username(), TestUsers.PASSWORD)
            .open(authorizationUrl(process.inputReader(UTF_8), said));
    try (var pasted = process.outputWriter(UTF_8)) {
      pasted.write(redirect + "\n");
    }

    String output = end(process, 0, said);

    assertTrue(output.contains("\"username\"") && output.contains(user.username()), output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VerifyToken", "verify_token.py"})
  void tokenIsVerified(String sample) throws Exception {
    User user = users.user();
    String token = users.logIn(user).get("access_token").asText();

    String output = run(0, sample, token);

    assertTrue(output.startsWith("verified: ") && output.contains(user.id().toString()), output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VerifyToken", "verify_token.py"})
  void tamperedTokenIsToldFromAnExpiredOne(String sample) throws Exception {
    String[] ours = users.logIn(users.user()).get("access_token").asText().split("\\.");
    String[] another = users.logIn(users.user()).get("access_token").asText().split("\\.");
    assertEquals("tampered with\n", run(1, sample, ours[0] + "." + another[1] + "." + ours[2]));

    while (Instant.now().isBefore(expiry)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertEquals("expired\n", run(1, sample, shortLived));
  }

  @Test
  void userIsCreatedWithAHashedPasswordAndReadBack() throws Exception {
    String name = TestUsers.freshName();

    String output = run(0, "CreateUser", name, TestUsers.PASSWORD);

    User stored = server.bean(Users.class).findByUsername(name).orElseThrow();
    String both = stored.id() + " " + name + "\n";
    assertEquals("created:   " + both + "read back: " + both, output);
    assertTrue(stored.passwordHash().startsWith("$argon2id$"), "Argon2id");
    assertFalse(stored.passwordHash().contains(TestUsers.PASSWORD));
    String again = run(1, "CreateUser", name, TestUsers.PASSWORD);
    assertTrue(again.startsWith("refused: ") && again.contains("username"), again);
  }

  /** RFC 8252 §7.3. */
  @Test
  void theToolLogsInByTheBrowserOnceAndFindsItsTokensAgain() throws Exception {
    User user = users.user();
    Process process = start("CommandLineTool");
    StringBuilder said = new StringBuilder();
    URI redirect =
        new FormBrowser(user.username(), TestUsers.PASSWORD)
            .open(authorizationUrl(process.inputReader(UTF_8), said));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest back = HttpRequest.newBuilder(redirect).build();
      assertEquals(200, http.send(back, BodyHandlers.ofString()).statusCode());
    }
    String hello = "Hello, " + user.username() + "\n";
    assertTrue(end(process, 0, said).endsWith(hello), said::toString);

    assertEquals(hello, run(0, "CommandLineTool"));
    assertEquals("Logged out\n", run(0, "CommandLineTool", "logout"));
    Process loggedOut = start("CommandLineTool");
    authorizationUrl(loggedOut.inputReader(UTF_8), new StringBuilder());
    loggedOut.destroyForcibly().waitFor();
  }

  private static String run(int exitStatus, String sample, String... arguments) throws Exception {
    Process process = start(sample, arguments);
    process.getOutputStream().close();
    return end(process, exitStatus, new StringBuilder());
  }

  private static Process start(String sample, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(program(sample));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("GATEWRIGHT_ISSUER", server.issuer());
    builder.environment().put("OAUTHLIB_INSECURE_TRANSPORT", "1");
    builder
        .environment()
        .put("TOOL_TOKENS", directory.resolve("tool").resolve("tokens").toString());
    builder.environment().put("TOOL_PASSPHRASE", "a passphrase of the user");
    builder.environment().put("PYTHONUNBUFFERED", "1");
    return builder.start();
  }

  private static List<String> program(String sample) throws Exception {
    if (sample.endsWith(".ts")) {
      return typescript(sample);
    }
    return sample.endsWith(".py") ? python(sample) : java(sample);
  }

  private static List<String> typescript(String sample) throws Exception {
    Path modules = Need.typescript();
    Path project = Files.createDirectories(directory.resolve("typescript"));
    for (String file : List.of(sample, "package.json", "tsconfig.json")) {
      Files.copy(SAMPLES.resolve("typescript").resolve(file), project.resolve(file));
    }
    Files.createSymbolicLink(project.resolve("node_modules"), modules);
    Process compiler =
        new ProcessBuilder(modules.resolve(".bin").resolve("tsc").toString())
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    end(compiler, 0, new StringBuilder());
    return List.of("node", project.resolve("out").resolve("article-client.js").toString());
  }

  private static List<String> python(String sample) {
    return List.of(Need.python(), SAMPLES.resolve("python").resolve(sample).toString());
  }

  private static List<String> java(String sample) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        SAMPLES.resolve("java").resolve(sample + ".java").toString());
  }

  private static URI authorizationUrl(BufferedReader output, StringBuilder said)
      throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return URI.create(address.group(1));
      }
    }
    throw new AssertionError("The sample asked for nothing: " + said);
  }

  private static String end(Process process, int exitStatus, StringBuilder said) throws Exception {
    process.inputReader(UTF_8).lines().forEach(line -> said.append(line).append('\n'));
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "The sample does not end");
    assertEquals(exitStatus, process.exitValue(), said::toString);
    return said.toString();
  }
}
