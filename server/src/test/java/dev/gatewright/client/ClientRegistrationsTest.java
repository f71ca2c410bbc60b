package dev.gatewright.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestContext;
import dev.gatewright.TestDatabase;
import dev.gatewright.http.ETags;
import dev.gatewright.http.FieldError;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.oauth.GrantType;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Registered clients on every real database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ClientRegistrationsTest {
  private static final Registrable SOME =
      new Registrable(
          Set.of("openid", "user:read", "orders:read")::contains, "https://api.example"::equals);

  private static ApplicationContext context;
  private static ClientRegistrations registrations;
  private static Clients clients;
  private static ClientSecrets secrets;

  @Parameter TestDatabase database;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    context = TestContext.start(database.fresh());
    registrations = context.getBean(ClientRegistrations.class);
    clients = context.getBean(Clients.class);
    secrets = context.getBean(ClientSecrets.class);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    context.close();
  }

  @Test
  void registeredClientIsReadBackAsItWas() {
    RegisteredClient created = registrations.create(TestClients.web("read-back"), SOME);
    Client found = clients.find("read-back").orElseThrow();
    assertEquals(ClientMetadata.of(created.client()), ClientMetadata.of(found));
    assertArrayEquals(created.client().secretHash(), found.secretHash());
    assertEquals(created.client().createdAt(), found.createdAt());
    assertEquals(created.client().version(), found.version());
    assertEquals(ClientAuthMethod.CLIENT_SECRET_BASIC, found.tokenEndpointAuthMethod());
    assertNull(found.defaultScope());
  }

  @Test
  void secretIsShownOnceAndStoredAsHash() {
    RegisteredClient created = registrations.create(TestClients.web("hashed"), SOME);
    String secret = Objects.requireNonNull(created.clientSecret());
    assertTrue(secret.matches("gws_[A-Za-z0-9_-]{43}"));
    assertTrue(secrets.matches(registrations.get("hashed").secretHash(), secret));
    assertFalse(secrets.matches(registrations.get("hashed").secretHash(), secret + "x"));
    assertFalse(created.toString().contains(secret));
  }

  @Test
  void publicClientHasNoSecret() {
    RegisteredClient created =
        registrations.create(TestClients.nativeApplication("no-secret"), SOME);
    assertNull(created.clientSecret());
    assertNull(registrations.get("no-secret").secretHash());
    problem(ProblemType.INVALID_REQUEST, () -> registrations.rotateSecret("no-secret"));
  }

  /** RFC 8628: no browser comes back to a device, and yet it may refresh. */
  @Test
  void deviceNeedsNoRedirectUri() {
    ClientMetadata device =
        TestClients.with(
            TestClients.with(
                TestClients.nativeApplication("device"),
                "grant_types",
                List.of(GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN)),
            "redirect_uris",
            List.of());

    registrations.create(device, SOME);
    assertTrue(clients.find("device").orElseThrow().mayUse(GrantType.DEVICE_CODE));
  }

  @Test
  void clientIdIsMadeWhenAbsent() {
    ClientMetadata web = TestClients.web("ignored");
    RegisteredClient created =
        registrations.create(
            new ClientMetadata(
                null,
                web.clientName(),
                null,
                null,
                null,
                web.redirectUris(),
                web.scope(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                ClientOptions.NONE),
            SOME);
    assertTrue(clients.find(created.client().clientId()).isPresent());
    assertEquals(List.of("authorization_code"), created.client().grantTypes());
    assertTrue(created.client().requirePkce());
  }

  @Test
  void takenClientIdIsAConflict() {
    registrations.create(TestClients.web("taken"), SOME);
    problem(ProblemType.CONFLICT, () -> registrations.create(TestClients.web("taken"), SOME));
    problem(
        ProblemType.CONFLICT,
        () -> registrations.create(TestClients.web(LoginClient.CLIENT_ID), SOME));
  }

  @Test
  void changeIsSeenAtOnceAndCounted() {
    int version = registrations.create(TestClients.web("changed"), SOME).client().version();
    assertEquals("A client", clients.find("changed").orElseThrow().clientName());
    Client changed =
        registrations.update(
            "changed",
            ETags.of(version),
            SOME,
            before -> TestClients.with(before, "client_name", "Renamed"));
    assertEquals(version + 1, changed.version());
    assertEquals("Renamed", clients.find("changed").orElseThrow().clientName());
    assertEquals(version + 1, registrations.get("changed").version());
  }

  @Test
  void changeToTheSameWritesNothing() {
    int version = registrations.create(TestClients.web("same"), SOME).client().version();
    assertEquals(version, registrations.update("same", null, SOME, before -> before).version());
    assertEquals(version, registrations.get("same").version());
  }

  @Test
  void overtakenChangeIsRefused() {
    int version = registrations.create(TestClients.web("overtaken"), SOME).client().version();
    ClientMetadata renamed = TestClients.with(TestClients.web("overtaken"), "client_name", "First");
    registrations.update("overtaken", ETags.of(version), SOME, before -> renamed);
    problem(
        ProblemType.PRECONDITION_FAILED,
        () -> registrations.update("overtaken", ETags.of(version), SOME, before -> before));
    problem(
        ProblemType.PRECONDITION_FAILED,
        () -> registrations.delete("overtaken", ETags.of(version), () -> {}));
  }

  /** Between the reading and the writing of an update, another one gets through. */
  @Test
  void changeThatLosesTheRaceIsRefused() {
    registrations.create(TestClients.web("raced"), SOME);
    problem(
        ProblemType.PRECONDITION_FAILED,
        () ->
            registrations.update(
                "raced",
                null,
                SOME,
                before -> {
                  registrations.update(
                      "raced", null, SOME, b -> TestClients.with(b, "client_name", "Winner"));
                  return TestClients.with(before, "client_name", "Loser");
                }));
    assertEquals("Winner", registrations.get("raced").clientName());
  }

  @Test
  void rotatedSecretReplacesTheOldOne() {
    String old =
        Objects.requireNonNull(
            registrations.create(TestClients.web("rotated"), SOME).clientSecret());
    String fresh = Objects.requireNonNull(registrations.rotateSecret("rotated").clientSecret());
    byte[] hash = clients.find("rotated").orElseThrow().secretHash();
    assertTrue(secrets.matches(hash, fresh));
    assertFalse(secrets.matches(hash, old));
  }

  @Test
  void clientThatBecomesPublicLosesItsSecret() {
    registrations.create(TestClients.web("goes-public"), SOME);
    registrations.update(
        "goes-public",
        null,
        SOME,
        before -> TestClients.with(before, "token_endpoint_auth_method", "none"));
    assertNull(registrations.get("goes-public").secretHash());
  }

  @Test
  void deletedClientIsGoneAtOnce() {
    registrations.create(TestClients.web("deleted"), SOME);
    assertTrue(clients.find("deleted").isPresent());
    registrations.delete("deleted", null, () -> {});
    assertFalse(clients.find("deleted").isPresent());
    problem(ProblemType.NOT_FOUND, () -> registrations.delete("deleted", null, () -> {}));
  }

  @Test
  void deletionThatCannotEndWhatWasGrantedIsUndone() {
    registrations.create(TestClients.web("undone"), SOME);
    assertThrows(
        IllegalStateException.class,
        () ->
            registrations.delete(
                "undone",
                null,
                () -> {
                  throw new IllegalStateException("the grants stay");
                }));
    assertTrue(clients.find("undone").isPresent());
  }

  @Test
  void builtInClientCannotBeChanged() {
    assertTrue(clients.find(LoginClient.CLIENT_ID).isPresent());
    problem(
        ProblemType.NOT_FOUND, () -> registrations.delete(LoginClient.CLIENT_ID, null, () -> {}));
    problem(ProblemType.NOT_FOUND, () -> registrations.rotateSecret(LoginClient.CLIENT_ID));
  }

  @Test
  void listIsPagedByClientId() {
    Stream.of("page-a", "page-b", "page-c")
        .forEach(id -> registrations.create(TestClients.web(id), SOME));
    List<String> page = clients.list(2, "page-").stream().map(Client::clientId).toList();
    assertEquals(List.of("page-a", "page-b"), page);
    assertEquals("page-c", clients.list(1, "page-b").getFirst().clientId());
  }

  static List<Arguments> mistakes() {
    ClientMetadata web = TestClients.web("mistaken");
    ClientMetadata app = TestClients.nativeApplication("mistaken");
    return List.of(
        mistake("client_name", TestClients.with(web, "client_name", null)),
        mistake("client_name", TestClients.with(web, "client_name", "  ")),
        mistake("client_name", TestClients.with(web, "client_name", "a".repeat(101))),
        mistake("client_name", TestClients.with(web, "client_name", "Re\u202eports")),
        mistake("application_type", TestClients.with(web, "application_type", "desktop")),
        mistake(
            "token_endpoint_auth_method",
            TestClients.with(web, "token_endpoint_auth_method", "client_secret_jwt")),
        mistake("require_pkce", TestClients.with(app, "require_pkce", false)),
        mistake("grant_types", TestClients.with(web, "grant_types", List.of("implicit"))),
        mistake("grant_types", TestClients.with(web, "grant_types", List.of("password"))),
        mistake("grant_types", TestClients.with(web, "grant_types", List.of())),
        mistake("grant_types", TestClients.with(web, "grant_types", List.of("refresh_token"))),
        mistake("grant_types", TestClients.with(app, "grant_types", List.of("client_credentials"))),
        mistake(
            "scope",
            TestClients.with(
                TestClients.with(app, "grant_types", List.of(GrantType.DEVICE_CODE)), "scope", "")),
        mistake("redirect_uris", TestClients.with(web, "redirect_uris", List.of())),
        mistake(
            "redirect_uris",
            TestClients.with(web, "redirect_uris", List.of("http://a.example/callback"))),
        mistake("scope", TestClients.with(web, "scope", "openid nonsense")),
        mistake("scope", TestClients.with(web, "scope", "openid \"quoted\"")),
        mistake("scope", TestClients.with(web, "scope", null)),
        mistake("default_scope", TestClients.with(web, "default_scope", "orders:read")),
        mistake("refresh_token_policy", TestClients.with(web, "refresh_token_policy", "never")),
        mistake("access_token_lifetime", TestClients.with(web, "access_token_lifetime", 9)),
        mistake("access_token_lifetime", TestClients.with(web, "access_token_lifetime", 86_401)),
        mistake(
            "access_token_signed_response_alg",
            TestClients.with(web, "access_token_signed_response_alg", "HS256")),
        mistake(
            "access_token_signed_response_alg",
            TestClients.with(web, "access_token_signed_response_alg", "none")),
        mistake(
            "resource_server_for",
            TestClients.with(web, "resource_server_for", List.of("https://other.example"))),
        mistake(
            "resource_server_for",
            TestClients.with(app, "resource_server_for", List.of("https://api.example"))));
  }

  private static Arguments mistake(String field, ClientMetadata metadata) {
    return Arguments.of(field, metadata);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsNamedByField(String field, ClientMetadata metadata) {
    ProblemException refusal =
        problem(ProblemType.INVALID_REQUEST, () -> registrations.create(metadata, SOME));
    assertEquals(field, refusal.errors().getFirst().field());
    assertFalse(clients.find("mistaken").isPresent());
  }

  @Test
  void everyMistakeIsNamed() {
    ClientMetadata metadata =
        TestClients.with(
            TestClients.with(TestClients.web("many"), "scope", "nonsense"), "client_name", "");
    ProblemException refusal =
        problem(ProblemType.INVALID_REQUEST, () -> registrations.create(metadata, SOME));
    assertEquals(
        List.of("client_name", "scope"), refusal.errors().stream().map(FieldError::field).toList());
  }

  /**
   * A protected resource may go while clients still have its scopes; they can be changed all the
   * same.
   */
  @Test
  void scopeThatNoLongerExistsMayStay() {
    ClientMetadata metadata =
        TestClients.with(TestClients.web("stays"), "scope", "openid orders:read");
    registrations.create(metadata, SOME);
    Registrable less = new Registrable("openid"::equals, resource -> false);
    Client changed =
        registrations.update(
            "stays", null, less, before -> TestClients.with(before, "client_name", "Changed"));
    assertEquals("openid orders:read", changed.scope().toString());
  }

  private static ProblemException problem(ProblemType type, Runnable work) {
    ProblemException refusal = assertThrows(ProblemException.class, work::run);
    assertEquals(type, refusal.type());
    assertNotNull(refusal.detail());
    return refusal;
  }

  @Test
  void declaredClientIsCreatedOnceAndThenLeftAlone() {
    String secret = "a-secret-of-at-least-thirty-two-characters";
    ClientMetadata metadata = TestClients.web("declared");
    int version = registrations.declare(metadata, secret, SOME).version();
    assertEquals(version, registrations.declare(metadata, secret, SOME).version());
    byte[] hash = registrations.get("declared").secretHash();
    assertTrue(secrets.matches(hash, secret));
    assertTrue(registrations.declare(metadata, secret + "!", SOME).version() > version);
    assertTrue(secrets.matches(registrations.get("declared").secretHash(), secret + "!"));
  }
}
