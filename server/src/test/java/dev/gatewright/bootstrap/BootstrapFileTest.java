package dev.gatewright.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BootstrapFileTest {
  private static final String SECRET = "a-secret-of-at-least-thirty-two-characters";
  private static final Placeholders PLACEHOLDERS =
      new Placeholders("https://id.example", Map.of("THE_SECRET", SECRET)::get);

  @Test
  void shippedDevelopmentFileIsRead() {
    Declarations declared = BootstrapFile.read("classpath:bootstrap-dev.yml", PLACEHOLDERS);
    assertEquals(
        List.of(
            "swagger-ui",
            "admin-machine",
            "article-client",
            "device-client",
            "command-line-tool",
            "web-app",
            "orders-machine"),
        declared.clients().stream().map(client -> client.metadata().clientId()).toList());
    assertEquals(
        List.of("https://id.example"), declared.clients().get(2).metadata().resourceServerFor());
    assertEquals(
        "https://api.example/orders", declared.resources().getFirst().metadata().identifier());
    assertTrue(declared.users().isEmpty());
  }

  @Test
  void emptyFileDeclaresNothing() {
    assertEquals(Declarations.NONE, parse(""));
    assertEquals(Declarations.NONE, parse("# nothing\n"));
    assertEquals(Declarations.NONE, parse("clients:\nusers: []\n"));
  }

  @Test
  void secretComesFromTheEnvironment() {
    Declarations declared =
        parse(
            """
            clients:
              - client_id: a
                client_name: A
                client_secret: ${THE_SECRET}
            """);
    assertEquals(SECRET, declared.clients().getFirst().clientSecret());
    assertFalse(declared.toString().contains(SECRET));
  }

  static List<Arguments> mistakes() {
    return List.of(
        Arguments.of("clients: [", "file.yml, line 1: the YAML is malformed:"),
        Arguments.of(
            """
            clients:
              - client_id: a
               client_name: A
            """,
            "file.yml, line 3: the YAML is malformed:"),
        Arguments.of(
            """
            clients: []
            ---
            clients: []
            """,
            "file.yml, line 2: the YAML is malformed:"),
        Arguments.of("just text", "file.yml, line 1: the file must have fields"),
        Arguments.of("clients: {}\n", "file.yml, line 1: clients must be a list."),
        Arguments.of(
            """
            # a comment

            clinets: []
            """,
            "file.yml, line 3: clinets is not a field here; there are clients, resources, users."),
        Arguments.of(
            """
            clients: []
            clients: []
            """,
            "file.yml, line 2: clients is there twice."),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
                client_secret: ${THE_SECRET}
                redirect_urls: [https://a.example/callback]
            """,
            "file.yml, line 5: clients[0].redirect_urls is not a field here;"),
        Arguments.of(
            """
            clients:
              - client_name: A
                client_secret: ${THE_SECRET}
            """,
            "file.yml, line 2: clients[0].client_id is missing."),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: 42
            """,
            "file.yml, line 3: clients[0].client_name must be text;"),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: [A]
            """,
            "file.yml, line 3: clients[0].client_name must be text;"),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
                client_secret: ${THE_SECRET}
                redirect_uris:
                  - https://a.example/callback
                  - 42
            """,
            "file.yml, line 7: clients[0].redirect_uris[1] must be text;"),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
                redirect_uris: https://a.example/callback
            """,
            "file.yml, line 4: clients[0].redirect_uris must be a list."),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
                require_pkce: "maybe"
            """,
            "file.yml, line 4: clients[0].require_pkce must be true or false."),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
                access_token_lifetime: 1h
            """,
            "file.yml, line 4: clients[0].access_token_lifetime must be a whole number."),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
            """,
            "file.yml, line 2: clients[0].client_secret must be 32 to 200 printable ASCII"
                + " characters"),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
                client_secret: short
            """,
            "file.yml, line 4: clients[0].client_secret must be 32 to 200 printable ASCII"
                + " characters"),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
                token_endpoint_auth_method: none
                client_secret: ${THE_SECRET}
            """,
            "file.yml, line 5: clients[0].client_secret must be absent from a client that"
                + " does not authenticate by it."),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
                client_secret: ${NOT_SET}
            """,
            "file.yml, line 4: clients[0].client_secret names the environment variable NOT_SET,"
                + " which is not set."),
        Arguments.of(
            """
            clients:
              - client_id: a
                client_name: A
                client_secret: ${THE_SECRET}
              - client_id: a
                client_name: B
                client_secret: ${THE_SECRET}
            """,
            "file.yml, line 5: clients[1].client_id is declared twice: 'a'."),
        Arguments.of(
            """
            users:
              - username: ada
                password: correct horse battery staple
              - username: Ada
                password: correct horse battery staple
            """,
            "file.yml, line 4: users[1].username is declared twice: 'ada'."),
        Arguments.of(
            """
            users:
              - username: ada
                password: correct horse battery staple
                role: root
            """,
            "file.yml, line 4: users[0].role must be user or administrator."),
        Arguments.of(
            """
            users:
              - ada
            """,
            "file.yml, line 2: users[0] must have fields"),
        Arguments.of(
            """
            resources:
              - identifier: https://api.example
                name: An API
                scopes:
                  - scope: things:read
                    descripton: See things
            """,
            "file.yml, line 6: resources[0].scopes[0].descripton is not a field here;"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsOneSentenceWithLineAndField(String yaml, String sentence) {
    InvalidSettingException mistake =
        assertThrows(InvalidSettingException.class, () -> parse(yaml));
    String message = String.valueOf(mistake.getMessage());
    assertTrue(message.startsWith(sentence), message);
    assertEquals(1, message.lines().count());
    assertFalse(message.contains(SECRET));
  }

  @Test
  void controlCharacterIsAMistake() {
    assertThrows(InvalidSettingException.class, () -> parse("clients: \u0007"));
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    InvalidSettingException missing =
        assertThrows(
            InvalidSettingException.class,
            () -> BootstrapFile.read("/no/such/file.yml", PLACEHOLDERS));
    assertEquals(
        "gatewright.bootstrap-file is '/no/such/file.yml', but it must be a file that can be read.",
        missing.getMessage());
    assertThrows(
        InvalidSettingException.class,
        () -> BootstrapFile.read("classpath:no-such-file.yml", PLACEHOLDERS));
  }

  @Test
  void fileThatIsNotUtf8IsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("latin1.yml");
    Files.write(file, new byte[] {'#', (byte) 0xE4, '\n'});
    InvalidSettingException mistake =
        assertThrows(
            InvalidSettingException.class, () -> BootstrapFile.read(file.toString(), PLACEHOLDERS));
    assertEquals(file + " is not UTF-8.", mistake.getMessage());
  }

  private static Declarations parse(String yaml) {
    return BootstrapFile.parse("file.yml", yaml, PLACEHOLDERS);
  }
}
