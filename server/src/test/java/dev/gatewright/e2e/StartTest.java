package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.OAuth2Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the operator reads when the server starts, and when it does not. */
@Timeout(300)
class StartTest {
  private static final String KEY =
      "gatewright.master-key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final String OTHER_KEY =
      "gatewright.master-key=AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
  private static final String ISSUER = "gatewright.issuer=https://id.example";

  @TempDir Path data;

  @Test
  void firstStartAloneSaysTheAdministratorsPassword() {
    int port = ServerProcess.freePort();
    String first;
    try (ServerProcess server = ServerProcess.start(port, data)) {
      first = server.stop();
    }
    Matcher shown = Pattern.compile("User name +(\\S+)\n +Password +(\\S+)\n").matcher(first);
    assertTrue(shown.find(), first);
    assertTrue(
        Pattern.compile("Cryptography +by (AmazonCorrettoCryptoProvider|the JDK)")
            .matcher(first)
            .find(),
        first);
    String password = shown.group(2);
    assertEquals(2, first.split(password, -1).length, "The password is said once: " + first);
    for (String path : new String[] {"/", "/swagger-ui/", "/.well-known/openid-configuration"}) {
      assertTrue(first.contains("http://localhost:" + port + path + "\n"), first);
    }
    assertTrue(first.lines().count() <= 24, "More than a screenful: " + first);

    try (ServerProcess server = ServerProcess.start(port, data)) {
      OAuth2Session administrator = Gatewright.connect(server.issuer()).newSession().build();
      administrator.logIn(shown.group(1), password);
      assertEquals(200, administrator.get(server.issuer().resolve("/api/user")).statusCode());
      String second = server.stop();
      assertFalse(second.contains("Password") || second.contains(password), second);
    }
  }

  /** Nobody would ever learn the password of an administrator made by a start that failed. */
  @Test
  void startThatFindsItsPortTakenMakesNoAdministrator() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
        ServerProcess server = ServerProcess.launch(taken.getLocalPort(), data, KEY, ISSUER)) {
      assertRefuses("port", server);
    }
    try (ServerProcess server = ServerProcess.start(ServerProcess.freePort(), data, KEY)) {
      assertTrue(server.stop().contains("The first administrator, shown this once:"));
    }
  }

  @Test
  void issuerMustBeGiven() {
    assertRefuses("gatewright.issuer", KEY);
  }

  @Test
  void issuerMustBeSecure() {
    assertRefuses(
        "gatewright.issuer is 'http://id.example', but it must be",
        KEY,
        "gatewright.issuer=http://id.example");
  }

  @Test
  void masterKeyMustBeGiven() {
    assertRefuses("gatewright.master-key is not set", ISSUER);
  }

  @Test
  void masterKeyMustBeWhole() {
    assertRefuses("gatewright.master-key holds 3 bytes", ISSUER, "gatewright.master-key=AAAA");
  }

  @Test
  void masterKeyMustBeTheOneThatTheDatabaseWasMadeWith() {
    int port = ServerProcess.freePort();
    ServerProcess.start(port, data, KEY).close();

    assertRefuses(
        "The master key does not open the signing keys in the database", ISSUER, OTHER_KEY);
  }

  @Test
  void mistakeInTheBootstrapFileIsNamedByLineAndField() throws IOException {
    Path bootstrap =
        Files.writeString(
            data.resolve("bootstrap.yml"),
            """
            clients:
              - client_id: mine
                client_name: Mine
                token_endpoint_auth_method: none
                grant_types: [authorization_code]
                redirect_uris: [not a uri]
                scope: openid
            """);

    assertRefuses(
        bootstrap + ", line 6: clients[0].redirect_uris must",
        KEY,
        ISSUER,
        "gatewright.bootstrap-file=" + bootstrap);
  }

  @Test
  void settingOfTheWrongTypeIsNamed() {
    assertRefuses(
        "gatewright.passwords.iterations is 'many', but it must be a whole number",
        KEY,
        ISSUER,
        "gatewright.passwords.iterations=many");
    assertRefuses(
        "gatewright.sessions.lifetime is 'long', but it must be a duration",
        KEY,
        ISSUER,
        "gatewright.sessions.lifetime=long");
    assertRefuses(
        "gatewright.sign-up.enabled is 'perhaps', but it must be true or false",
        KEY,
        ISSUER,
        "gatewright.sign-up.enabled=perhaps");
  }

  @Test
  void settingOutOfItsRangeIsNamed() {
    assertRefuses(
        "gatewright.login-throttle.failures-per-address is '0', but it must be a number of at"
            + " least 1",
        KEY,
        ISSUER,
        "gatewright.login-throttle.failures-per-address=0");
  }

  @Test
  void proxyThatIsNoAddressIsNamed() {
    assertRefuses(
        "gatewright.trusted-proxies is 'proxy.example', but it must be IP addresses and networks",
        KEY,
        ISSUER,
        "gatewright.trusted-proxies=10.0.0.0/8,proxy.example");
  }

  @Test
  void signingKeysMustBePublishedForLongerThanTheyAreCached() {
    assertRefuses(
        "gatewright.keys.publish-before-use is 'PT1H', but it must be",
        KEY,
        ISSUER,
        "gatewright.keys.jwks-max-age=1h",
        "gatewright.keys.publish-before-use=1h");
  }

  @Test
  void unreachableDatabaseIsSaid() {
    assertRefuses(
        "its database cannot be used (Communications link failure)",
        KEY,
        ISSUER,
        "datasources.default.url=jdbc:mysql://127.0.0.1:1/gatewright",
        "datasources.default.connection-timeout=1000");
  }

  private void assertRefuses(String reason, String... configuration) {
    try (ServerProcess server =
        ServerProcess.launch(ServerProcess.freePort(), data, configuration)) {
      assertRefuses(reason, server);
    }
  }

  /** Status 1, and one sentence with the reason; no stack trace. */
  private static void assertRefuses(String reason, ServerProcess server) {
    assertEquals(1, server.await(), server::said);
    String said = server.said();
    long sentences =
        said.lines().filter(line -> line.startsWith("Gatewright did not start: ")).count();
    assertEquals(1, sentences, said);
    String sentence =
        said.lines()
            .filter(line -> line.startsWith("Gatewright did not start: "))
            .findFirst()
            .orElseThrow();
    assertTrue(sentence.contains(reason), said);
    assertTrue(sentence.endsWith("."), said);
    assertFalse(said.contains("\tat ") || said.contains("Exception"), said);
  }
}
