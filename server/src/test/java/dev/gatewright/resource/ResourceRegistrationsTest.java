package dev.gatewright.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestContext;
import dev.gatewright.TestDatabase;
import dev.gatewright.http.ETags;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.oauth.ServerScopes;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protected resources on every real database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ResourceRegistrationsTest {
  private static ApplicationContext context;
  private static ResourceRegistrations registrations;
  private static Resources resources;

  @Parameter TestDatabase database;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    context = TestContext.start(database.fresh());
    registrations = context.getBean(ResourceRegistrations.class);
    resources = context.getBean(Resources.class);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    context.close();
  }

  @Test
  void registeredResourceIsFoundByIdentifierAndScope() {
    ProtectedResource created =
        registrations.create(resource("found", "found:read", "found:write"));
    assertEquals(created, resources.byIdentifier("https://api.example/found").orElseThrow());
    assertEquals(created, resources.byScope("found:write").orElseThrow());
    assertEquals(created, registrations.get(created.id()));
    assertEquals("What found:read allows", resources.describe("found:read"));
    assertTrue(resources.knows("found:read"));
    assertTrue(resources.isAudience("https://api.example/found"));
    assertTrue(resources.scopes().contains("found:write"));
  }

  @Test
  void thisServerIsAnAudienceWithScopesOfItsOwn() {
    assertTrue(resources.isAudience("http://localhost:8080"));
    assertFalse(resources.isAudience("http://localhost:8080/"));
    assertTrue(resources.knows("user:read"));
    assertFalse(resources.byScope("user:read").isPresent());
    assertEquals("Read your account", resources.describe("user:read"));
    assertEquals(
        ServerScopes.ALL, new ArrayList<>(resources.scopes()).subList(0, ServerScopes.ALL.size()));
  }

  @Test
  void unknownScopeIsDescribedByItself() {
    assertFalse(resources.knows("unknown"));
    assertEquals("unknown", resources.describe("unknown"));
  }

  @Test
  void scopesKeepTheirOrder() {
    List<String> names = List.of("order:z", "order:a", "order:m");
    ProtectedResource created =
        registrations.create(resource("order", names.toArray(String[]::new)));
    assertEquals(
        names,
        registrations.get(created.id()).scopes().stream().map(ResourceScope::scope).toList());
  }

  @Test
  void scopesAreReplacedWhole() {
    ProtectedResource created =
        registrations.create(resource("replaced", "replaced:a", "replaced:b"));
    ProtectedResource updated =
        registrations.update(
            created.id(),
            ETags.of(created.version()),
            before -> resource("replaced", "replaced:b", "replaced:c"));
    assertEquals(created.version() + 1, updated.version());
    assertFalse(resources.knows("replaced:a"));
    assertTrue(resources.knows("replaced:c"));
  }

  @Test
  void scopeOfAnotherResourceIsAConflictAndChangesNothing() {
    registrations.create(resource("owner", "owned:read"));
    problem(
        ProblemType.CONFLICT,
        "scopes",
        () -> registrations.create(resource("thief", "thief:read", "owned:read")));
    assertFalse(resources.byIdentifier("https://api.example/thief").isPresent());
    assertFalse(resources.knows("thief:read"));
    ProtectedResource other = registrations.create(resource("other", "other:read"));
    problem(
        ProblemType.CONFLICT,
        "scopes",
        () -> registrations.update(other.id(), null, before -> resource("other", "owned:read")));
    assertTrue(resources.knows("other:read"));
  }

  @Test
  void takenIdentifierIsAConflict() {
    registrations.create(resource("twice"));
    problem(ProblemType.CONFLICT, "identifier", () -> registrations.create(resource("twice")));
  }

  @Test
  void overtakenChangeIsRefused() {
    ProtectedResource created = registrations.create(resource("overtaken"));
    registrations.update(created.id(), null, before -> resource("overtaken", "overtaken:read"));
    problem(
        ProblemType.PRECONDITION_FAILED,
        null,
        () -> registrations.update(created.id(), ETags.of(created.version()), before -> before));
    problem(
        ProblemType.PRECONDITION_FAILED,
        null,
        () -> registrations.delete(created.id(), ETags.of(created.version())));
  }

  @Test
  void deletedResourceIsGoneAtOnce() {
    ProtectedResource created = registrations.create(resource("deleted", "deleted:read"));
    registrations.delete(created.id(), ETags.of(created.version()));
    assertFalse(resources.knows("deleted:read"));
    problem(ProblemType.NOT_FOUND, null, () -> registrations.get(created.id()));
    registrations.create(resource("deleted", "deleted:read"));
    assertTrue(resources.knows("deleted:read"));
  }

  @Test
  void declaringTheSameAgainWritesNothing() {
    int version = registrations.declare(resource("declared", "declared:read")).version();
    assertEquals(version, registrations.declare(resource("declared", "declared:read")).version());
    assertEquals(version + 1, registrations.declare(resource("declared")).version());
  }

  @Test
  void listIsPagedOldestFirst() {
    ProtectedResource first = registrations.create(resource("page-b", "page:b"));
    List<ProtectedResource> all = resources.list(200, null);
    assertTrue(all.contains(first));
    assertEquals(List.of(), resources.list(200, all.getLast().id()));
    assertEquals(all.subList(1, 2), resources.list(1, all.getFirst().id()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "orders",
        "/orders",
        "//api.example/orders",
        "https://api.example/orders#x",
        "https://api.example/or ders",
        "https://api.example/\u0000",
        "http://localhost:8080"
      })
  void identifierIsAnAbsoluteUriAndNotTheIssuer(String identifier) {
    problem(
        ProblemType.INVALID_REQUEST,
        "identifier",
        () ->
            registrations.create(
                new ResourceMetadata(identifier, "An API", List.of(), null, null)));
  }

  static Stream<Arguments> mistakes() {
    String identifier = "https://api.example/mistaken";
    List<ResourceScope> none = List.of();
    return Stream.of(
        Arguments.of("name", new ResourceMetadata(identifier, null, none, null, null)),
        Arguments.of("name", new ResourceMetadata(identifier, " ", none, null, null)),
        Arguments.of("scopes", new ResourceMetadata(identifier, "A", scopes("openid"), null, null)),
        Arguments.of(
            "scopes", new ResourceMetadata(identifier, "A", scopes("clients:write"), null, null)),
        Arguments.of("scopes", new ResourceMetadata(identifier, "A", scopes("a b"), null, null)),
        Arguments.of("scopes", new ResourceMetadata(identifier, "A", scopes(""), null, null)),
        Arguments.of("scopes", new ResourceMetadata(identifier, "A", scopes("a\"b"), null, null)),
        Arguments.of(
            "scopes", new ResourceMetadata(identifier, "A", scopes("twice", "twice"), null, null)),
        Arguments.of(
            "scopes",
            new ResourceMetadata(identifier, "A", List.of(new ResourceScope("a", "")), null, null)),
        Arguments.of("access_token_lifetime", new ResourceMetadata(identifier, "A", none, 9, null)),
        Arguments.of(
            "access_token_signed_response_alg",
            new ResourceMetadata(identifier, "A", none, null, "none")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsNamedByField(String field, ResourceMetadata metadata) {
    problem(ProblemType.INVALID_REQUEST, field, () -> registrations.create(metadata));
  }

  private static void problem(ProblemType type, @Nullable String field, Runnable work) {
    ProblemException refusal = assertThrows(ProblemException.class, work::run);
    assertEquals(type, refusal.type());
    if (field != null) {
      assertEquals(field, refusal.errors().getFirst().field());
    }
  }

  private static ResourceMetadata resource(String name, String... scopes) {
    return new ResourceMetadata("https://api.example/" + name, name, scopes(scopes), null, null);
  }

  private static List<ResourceScope> scopes(String... names) {
    return Stream.of(names)
        .map(name -> new ResourceScope(name, "What " + name + " allows"))
        .toList();
  }
}
