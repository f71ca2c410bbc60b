package dev.gatewright.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestContext;
import dev.gatewright.TestDatabase;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientOptions;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.oauth.StandardClaim;
import dev.gatewright.resource.Resources;
import dev.gatewright.settings.InvalidSettingException;
import dev.gatewright.user.Role;
import dev.gatewright.user.User;
import dev.gatewright.user.UserClaims;
import dev.gatewright.user.Users;
import dev.gatewright.user.Verified;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole starts on a database that outlives them. */
class BootstrapTest {
  private static final String FILE =
      """
      resources:
        - identifier: https://api.example/things
          name: Things
          scopes:
            - scope: things:read
              description: See things
      clients:
        - client_id: machine
          client_secret: a-secret-of-at-least-thirty-two-characters
          client_name: Machine
          grant_types: [client_credentials]
          scope: things:read
          resource_server_for: [https://api.example/things, '${issuer}']
          contacts: [team@machine.example]
          default_max_age: 60
          require_auth_time: true
          jwks:
            keys:
              - kty: EC
                crv: P-256
                x: f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU
                y: x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0
      users:
        - username: ada
          password: correct horse battery staple
          email: ada@example.org
          email_verified: true
          name: Ada Lovelace
          role: administrator
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void declaredThingsExistAfterTheStart() throws IOException {
    try (ApplicationContext context = start(TestDatabase.H2.fresh(), FILE)) {
      Client machine = context.getBean(ClientRegistrations.class).get("machine");
      assertEquals("things:read", machine.scope().toString());
      assertEquals(
          List.of("https://api.example/things", "http://localhost:8080"),
          machine.resourceServerFor());
      ClientOptions options = machine.options();
      assertEquals(List.of("team@machine.example"), options.contacts());
      assertEquals(60, options.defaultMaxAge());
      assertTrue(options.requireAuthTime());
      assertEquals(1, ((List<?>) options.jwks().get("keys")).size());
      assertEquals("See things", context.getBean(Resources.class).describe("things:read"));
      Users users = context.getBean(Users.class);
      User ada =
          users.authenticate("ada@example.org", "correct horse battery staple").orElseThrow();
      assertEquals(Role.ADMINISTRATOR, ada.role());
      assertTrue(ada.emailVerified());
    }
  }

  @Test
  void secondStartChangesNothing() throws IOException {
    Map<String, Object> database = TestDatabase.H2.fresh();
    try (ApplicationContext context = start(database, FILE)) {
      Versions first = Versions.of(context);
      try (ApplicationContext again = start(database, FILE)) {
        assertEquals(first, Versions.of(again));
      }
    }
  }

  @Test
  void changedDeclarationIsApplied() throws IOException {
    Map<String, Object> database = TestDatabase.H2.fresh();
    String changed =
        FILE.replace("client_name: Machine", "client_name: Engine")
            .replace("See things", "Look at things")
            .replace("correct horse battery staple", "incorrect horse battery staple")
            .replace("role: administrator", "role: user");
    try (ApplicationContext before = start(database, FILE);
        ApplicationContext after = start(database, changed)) {
      assertEquals("Engine", after.getBean(ClientRegistrations.class).get("machine").clientName());
      assertEquals("Look at things", after.getBean(Resources.class).describe("things:read"));
      Users users = after.getBean(Users.class);
      assertTrue(users.authenticate("ada", "incorrect horse battery staple").isPresent());
      assertFalse(users.authenticate("ada", "correct horse battery staple").isPresent());
      assertEquals(Role.USER, users.findByUsername("ada").orElseThrow().role());
      assertFalse(before.getBean(Bootstrap.class).firstAdministrator().isPresent());
      assertTrue(after.getBean(Bootstrap.class).firstAdministrator().isPresent());
    }
  }

  @Test
  void absentFieldOfAUserStays() throws IOException {
    Map<String, Object> database = TestDatabase.H2.fresh();
    String less =
        FILE.lines()
            .filter(line -> !line.contains("Ada Lovelace"))
            .reduce("", (a, b) -> a + b + "\n");
    try (ApplicationContext first = start(database, FILE);
        ApplicationContext second = start(database, less)) {
      User before = first.getBean(Users.class).findByUsername("ada").orElseThrow();
      User after = second.getBean(Users.class).findByUsername("ada").orElseThrow();
      assertEquals("Ada Lovelace", after.name());
      assertEquals(before.version(), after.version());
    }
  }

  /** Every standard claim can be declared (OpenID Connect Core §5.1). */
  @Test
  void declaredUserCanSayEverything() throws IOException {
    String file =
        """
        users:
          - username: ada
            password: correct horse battery staple
            email: ada@example.org
            email_verified: true
            name: Ada Lovelace
            given_name: Ada
            family_name: Lovelace
            middle_name: King
            nickname: Augusta
            profile: https://people.example/ada
            picture: https://people.example/ada.jpg
            website: https://ada.example
            gender: female
            birthdate: "1815-12-10"
            zoneinfo: Europe/London
            locale: en-GB
            phone_number: "+442071838750"
            phone_number_verified: true
            address:
              formatted: "12 St James's Square\\nLondon"
              street_address: 12 St James's Square
              locality: London
              region: England
              postal_code: SW1Y 4JH
              country: United Kingdom
        """;
    Map<String, Object> database = TestDatabase.H2.fresh();
    try (ApplicationContext first = start(database, file);
        ApplicationContext second = start(database, file)) {
      User ada = first.getBean(Users.class).findByUsername("ada").orElseThrow();
      assertEquals(EnumSet.allOf(StandardClaim.class), UserClaims.of(ada, claim -> true).keySet());
      assertEquals(new Verified(true, true), ada.verified());
      assertEquals("12 St James's Square\nLondon", ada.details().address().formatted());
      assertEquals(Optional.of(ada), second.getBean(Users.class).findByUsername("ada"));
    }
  }

  /** A declared flag about nothing does not change the user at every start. */
  @Test
  void verifiedWithoutAnEmailIsNothing() throws IOException {
    String file =
        """
        users:
          - username: ada
            password: correct horse battery staple
            email_verified: true
            phone_number_verified: true
        """;
    Map<String, Object> database = TestDatabase.H2.fresh();
    try (ApplicationContext first = start(database, file);
        ApplicationContext second = start(database, file)) {
      User ada = first.getBean(Users.class).findByUsername("ada").orElseThrow();
      assertEquals(Verified.NOTHING, ada.verified());
      assertEquals(Optional.of(ada), second.getBean(Users.class).findByUsername("ada"));
    }
  }

  @Test
  void firstAdministratorIsMadeOnce() {
    Map<String, Object> database = TestDatabase.H2.fresh();
    try (ApplicationContext first = TestContext.start(database);
        ApplicationContext second = TestContext.start(database)) {
      FirstAdministrator administrator =
          first.getBean(Bootstrap.class).firstAdministrator().orElseThrow();
      assertEquals("admin", administrator.username());
      assertTrue(
          administrator.password().matches("([1-9a-hj-km-np-z]{5}-){4}[1-9a-hj-km-np-z]{5}"));
      assertFalse(administrator.toString().contains(administrator.password()));
      User user =
          second.getBean(Users.class).authenticate("admin", administrator.password()).orElseThrow();
      assertTrue(user.isAdministrator());
      assertFalse(second.getBean(Bootstrap.class).firstAdministrator().isPresent());
    }
  }

  @Test
  void firstAdministratorGetsAnotherNameWhenAdminIsTaken() throws IOException {
    String file =
        """
        users:
          - username: Admin
            password: correct horse battery staple
        """;
    try (ApplicationContext context = start(TestDatabase.H2.fresh(), file)) {
      String username =
          context.getBean(Bootstrap.class).firstAdministrator().orElseThrow().username();
      assertTrue(username.startsWith("admin-"), username);
    }
  }

  @Test
  void mistakeAgainstTheRulesStopsTheStart() throws IOException {
    String file = FILE.replace("scope: things:read\n", "scope: things:write\n");
    assertEquals(
        path() + ", line 12: clients[0].scope names a scope that does not exist: 'things:write'.",
        mistake(file.replace("- scope: things:write", "- scope: things:read")));
    assertTrue(
        mistake(FILE.replace("correct horse battery staple", "short"))
            .startsWith(path() + ", line 25: users[0].password "));
    assertTrue(
        mistake(FILE.replace("username: ada", "username: a@b"))
            .startsWith(path() + ", line 24: users[0].username "));
    assertTrue(
        mistake(FILE.replace("identifier: https://api.example/things", "identifier: things"))
            .startsWith(path() + ", line 2: resources[0].identifier must be an absolute URI"));
  }

  /** Four nodes come up at once on an empty database; each finds all that is declared. */
  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void nodesMayStartTogether(TestDatabase engine) throws Exception {
    Map<String, Object> database = engine.fresh();
    try (ApplicationContext migrated = TestContext.start(database);
        ExecutorService nodes = Executors.newFixedThreadPool(4)) {
      Path file = write(FILE);
      Callable<ApplicationContext> node =
          () -> TestContext.start(database, Map.of("gatewright.bootstrap-file", file.toString()));
      List<Future<ApplicationContext>> started =
          nodes.invokeAll(Stream.generate(() -> node).limit(4).toList());
      for (Future<ApplicationContext> future : started) {
        try (ApplicationContext context = future.get()) {
          assertEquals(
              "Machine", context.getBean(ClientRegistrations.class).get("machine").clientName());
        }
      }
      assertTrue(migrated.getBean(Users.class).findByUsername("ada").isPresent());
    }
  }

  private record Versions(int client, int resource, int user, String passwordHash) {
    static Versions of(ApplicationContext context) {
      User ada = context.getBean(Users.class).findByUsername("ada").orElseThrow();
      return new Versions(
          context.getBean(ClientRegistrations.class).get("machine").version(),
          context.getBean(Resources.class).byScope("things:read").orElseThrow().version(),
          ada.version(),
          ada.passwordHash());
    }
  }

  private String mistake(String file) throws IOException {
    write(file);
    Throwable failure =
        assertThrows(RuntimeException.class, () -> start(TestDatabase.H2.fresh(), file).close());
    while (!(failure instanceof InvalidSettingException) && failure.getCause() != null) {
      failure = failure.getCause();
    }
    return String.valueOf(failure.getMessage());
  }

  private ApplicationContext start(Map<String, Object> database, String file) throws IOException {
    return TestContext.start(database, Map.of("gatewright.bootstrap-file", write(file).toString()));
  }

  private Path write(String file) throws IOException {
    return Files.writeString(path(), file);
  }

  private Path path() {
    return folder.resolve("bootstrap.yml");
  }
}
