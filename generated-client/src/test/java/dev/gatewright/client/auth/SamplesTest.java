package dev.gatewright.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.store.EncryptedFileTokenStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples of the documentation do what they say. */
@Timeout(120)
class SamplesTest {

  @TempDir static Path classes;

  private final FakeProvider provider = new FakeProvider(Clock.systemUTC());

  @BeforeAll
  static void compile() {
    Sample.compile(classes);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ArticleClient", "article_client.py"})
  void userIsReadAfterTheAuthorizationCodeFlow(String name) {
    provider.idTokenClaims = claims -> claims.audience("article-client");

    String output = sample(name).runWithUser(provider);

    assertTrue(output.contains("\"username\"") && output.contains("\"ada\""), output);
    Asked redeemed = provider.askedAt("/oauth2/token").get(0);
    assertEquals("authorization_code", redeemed.form().get("grant_type"));
    assertEquals(
        "Basic " + base64("article-client:article-client-secret-for-development-only-000"),
        redeemed.authorization());
    assertTrue(provider.askedAt("/api/user").get(0).authorization().startsWith("Bearer "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"VerifyToken", "verify_token.py"})
  void tokenIsVerifiedAndBadOnesAreToldApart(String name) {
    String good = provider.accessToken(claims -> {});
    String expired = provider.accessToken(claims -> claims.expirationTime(new Date(0)));
    String elsewhere = provider.accessToken(claims -> claims.audience("https://other.example"));
    String[] parts = good.split("\\.");
    String tampered = parts[0] + "." + expired.split("\\.")[1] + "." + parts[2];

    String verified = sample(name, good).run(0);
    assertTrue(verified.startsWith("verified: ") && verified.contains("user-1"), verified);
    assertEquals("expired\n", sample(name, expired).run(1));
    assertEquals("tampered with\n", sample(name, tampered).run(1));
    assertEquals("not for " + provider.issuer() + "\n", sample(name, elsewhere).run(1));
  }

  @Test
  void userIsCreatedAndReadBack() {
    String output = sample("CreateUser", "ada", "correct horse battery").run(0);

    String user = "01936b2e-7c1a-7d4f-9b1e-0a5d3c2b1f00 ada\n";
    assertEquals("created:   " + user + "read back: " + user, output);
    List<Asked> signUps = provider.askedAt("/api/users");
    assertEquals(
        "{\"username\":\"ada\",\"password\":\"correct horse battery\"}", signUps.get(0).body());
    assertEquals("null", signUps.get(0).authorization());
    assertEquals(1, provider.askedAt("/oauth2/revoke").size());
  }

  @Test
  void theSdkIsAModule() {
    String output =
        Sample.onModules(classes, "CreateUser", provider.issuer(), "ada", "correct horse battery")
            .run(0);

    assertTrue(output.contains("read back: 01936b2e-7c1a-7d4f-9b1e-0a5d3c2b1f00 ada"), output);
    String verified =
        Sample.onModules(
                classes, "VerifyToken", provider.issuer(), provider.accessToken(claims -> {}))
            .run(0);
    assertTrue(verified.startsWith("verified: "), verified);
  }

  @Test
  void theToolFindsItsTokensAsAModuleToo(@TempDir Path directory) {
    Path file = directory.resolve("tokens");
    String passphrase = "a passphrase of the user";
    Instant now = Instant.now();
    EncryptedFileTokenStore.open(file, passphrase.toCharArray())
        .save(
            new Tokens(
                provider.accessToken(claims -> {}),
                null,
                null,
                Set.of("user:read"),
                now,
                now.plusSeconds(3600)));

    String output =
        Sample.onModules(classes, "CommandLineTool", provider.issuer())
            .with("TOOL_TOKENS", file.toString())
            .with("TOOL_PASSPHRASE", passphrase)
            .run(0);

    assertEquals("Hello, ada\n", output);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private Sample sample(String name, String... arguments) {
    return name.endsWith(".py")
        ? Sample.python(name, provider.issuer(), arguments)
        : Sample.java(classes, name, provider.issuer(), arguments);
  }
}
