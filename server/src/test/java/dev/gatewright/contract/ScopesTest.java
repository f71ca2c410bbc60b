package dev.gatewright.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.contract.ServedContract.Operation;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The scopes that the contract declares are those that the guard asks for, that the challenge of a
 * refusal names, and that the metadata lists; for each operation that needs an access token.
 */
class ScopesTest {
  private static final TestClock CLOCK = new TestClock();

  private static TestServer server;
  private static TestUsers users;
  private static User administrator;
  private static String expired;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
    users = new TestUsers(server);
    administrator = users.administrator();
    expired = token(apiScopes());
    CLOCK.advance(Duration.ofDays(1));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicNode> everyOperationIsGuardedAsItsSecuritySays() {
    return guarded().stream()
        .map(operation ->
            dynamicContainer(
                operation.toString(),
                Stream.of(
                    dynamicTest("no token: RFC 6750 §3", () -> noToken(operation)),
                    dynamicTest("malformed: RFC 6750 §3.1", () -> refused(operation, "nonsense")),
                    dynamicTest("expired: RFC 6750 §3.1", () -> refused(operation, expired)),
                    dynamicTest("too narrow: RFC 6750 §3.1", () -> tooNarrow(operation)),
                    dynamicTest("just wide enough", () -> wideEnough(operation)))));
  }

  @Test
  void everyOperationThatChallengesIsGuarded() {
    for (Operation operation : ServedContract.get().operations()) {
      assertTrue(
          !scopes(operation).isEmpty() || operation.body().has("security"), operation::toString);
    }
    assertTrue(guarded().size() > 20);
  }

  @Test
  void theMetadataListsTheScopesOfTheContractAndThoseOfResources() {
    Set<String> scopes = ServedContract.get().scopes("authorizationCode");
    assertEquals(scopes, supported("/.well-known/openid-configuration"));
    assertEquals(scopes, supported("/.well-known/oauth-authorization-server"));
    String more =
        "{\"name\":\"Orders\",\"identifier\":\"https://api.example/o\","
            + "\"scopes\":[{\"scope\":\"orders:read\",\"description\":\"See orders\"}]}";
    String token = token(Set.of(ServerScopes.RESOURCES_WRITE));
    Http.body(201, new Http(server).json("POST", "/api/resources", more, bearer(token)));
    scopes.add("orders:read");
    assertEquals(scopes, supported("/.well-known/openid-configuration"));
  }

  @Test
  void theMetadataOfTheApiListsTheScopesThatItsOperationsNeed() {
    assertEquals(apiScopes(), supported("/.well-known/oauth-protected-resource"));
  }

  @Test
  void aClientCanBeGrantedForItselfWhatTheContractSaysOfClientCredentials() {
    assertEquals(
        ServedContract.get().scopes("clientCredentials"),
        new TreeSet<>(ServerScopes.ADMINISTRATIVE));
  }

  @Test
  void peopleReadOfAScopeWhatTheContractSaysOfIt() {
    JsonNode stated =
        ServedContract.get()
            .document()
            .at("/components/securitySchemes/oauth2/flows/authorizationCode/scopes");
    ServerScopes.DESCRIPTIONS.forEach((scope, text) ->
        assertEquals(text, stated.path(scope).asText().replace(" (administrators)", ""), scope));
  }

  private static void noToken(Operation operation) {
    HttpResponse<String> response = send(operation);
    assertEquals(401, response.statusCode(), response.body());
    String challenge = challenge(response);
    assertFalse(challenge.contains("error"), challenge);
    assertFalse(challenge.contains("scope="), challenge);
  }

  private static void refused(Operation operation, String token) {
    HttpResponse<String> response = send(operation, bearer(token));
    assertEquals(401, response.statusCode(), response.body());
    assertTrue(challenge(response).contains(", error=\"invalid_token\""), challenge(response));
  }

  /** All other scopes together do not open it; of several that it needs, none may be missing. */
  private static void tooNarrow(Operation operation) {
    List<String> needed = scopes(operation);
    for (String missing : needed) {
      Set<String> others = grantable();
      others.remove(missing);
      HttpResponse<String> response = send(operation, bearer(token(others)));
      assertEquals(403, response.statusCode(), response.body());
      String challenge = challenge(response);
      assertTrue(challenge.contains(", error=\"insufficient_scope\""), challenge);
      assertTrue(challenge.endsWith(", scope=\"" + String.join(" ", needed) + "\""), challenge);
    }
  }

  /** What the request lacks beside the token is another matter. */
  private static void wideEnough(Operation operation) {
    User caller = users.administrator(); // some operations end an account
    String token = token(caller, scopes(operation));
    HttpResponse<String> response = send(operation, bearer(token));
    assertFalse(Set.of(401, 403).contains(response.statusCode()), response.body());
    assertTrue(response.statusCode() < 500, response.body());
  }

  private static String challenge(HttpResponse<String> response) {
    List<String> challenges = response.headers().allValues("WWW-Authenticate");
    assertEquals(1, challenges.size());
    String metadata = server.issuer() + "/.well-known/oauth-protected-resource";
    assertTrue(
        challenges
            .getFirst()
            .startsWith("Bearer realm=\"gatewright\", resource_metadata=\"" + metadata + "\""),
        challenges.getFirst());
    return challenges.getFirst();
  }

  private static List<Operation> guarded() {
    return ServedContract.get().operations().stream()
        .filter(operation -> !scopes(operation).isEmpty())
        .toList();
  }

  /** The scopes of an operation, in the contract's order. */
  private static List<String> scopes(Operation operation) {
    List<String> scopes = new ArrayList<>();
    for (JsonNode alternative : operation.body().path("security")) {
      alternative.path("oauth2").forEach(scope -> scopes.add(scope.asText()));
    }
    return scopes;
  }

  /** What the operations below {@code /api} need. */
  private static Set<String> apiScopes() {
    Set<String> scopes = new TreeSet<>();
    guarded().stream()
        .filter(operation -> operation.template().startsWith("/api/"))
        .forEach(operation -> scopes.addAll(scopes(operation)));
    return scopes;
  }

  /** Every scope that a login by JSON can have. */
  private static Set<String> grantable() {
    Set<String> scopes = ServedContract.get().scopes("authorizationCode");
    scopes.remove(ServerScopes.OFFLINE_ACCESS);
    return scopes;
  }

  private static String token(Collection<String> scopes) {
    return token(administrator, scopes);
  }

  private static String token(User user, Collection<String> scopes) {
    String login =
        "{\"login\":\"%s\",\"password\":\"%s\",\"scope\":\"%s\"}"
            .formatted(user.username(), TestUsers.PASSWORD, String.join(" ", scopes));
    return Http.body(200, new Http(server).json("POST", "/api/login", login))
        .get("access_token")
        .asText();
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private static HttpResponse<String> send(Operation operation, String... headers) {
    String path = operation.template().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    Http http = new Http(server);
    JsonNode content = operation.body().at("/requestBody/content");
    if (content.has("application/x-www-form-urlencoded")) {
      return http.form(path, Map.of(), headers);
    }
    return content.isEmpty()
        ? http.send(operation.method(), path, "", headers)
        : http.json(operation.method(), path, "{}", headers);
  }

  private static Set<String> supported(String metadata) {
    Set<String> scopes = new TreeSet<>();
    Http.body(200, new Http(server).get(metadata))
        .get("scopes_supported")
        .forEach(scope -> scopes.add(scope.asText()));
    return scopes;
  }
}
