package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewright.client.api.Operations;
import dev.gatewright.client.api.UsersApi.ListUsersParameters;
import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.http.Call;
import dev.gatewright.client.model.IntrospectionRequest;
import dev.gatewright.client.model.SignUpRequest;
import dev.gatewright.client.model.TokenResponse;
import dev.gatewright.client.model.User;
import dev.gatewright.client.model.UserPatch;
import dev.gatewright.client.transport.Json;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operations of the contract, as methods. */
class OperationsTest {

  private final FakeProvider provider = new FakeProvider(new TestClock());

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void everyOperationOfTheContractCanBeReached() throws IOException {
    Set<String> operations = new TreeSet<>();
    try (InputStream contract =
        OperationsTest.class.getResourceAsStream("/META-INF/openapi/openapi.json")) {
      for (JsonNode path : new ObjectMapper().readTree(contract).get("paths")) {
        path.forEach(operation -> {
          if (operation.has("operationId")) {
            operations.add(operation.get("operationId").asText());
          }
        });
      }
    }

    Set<String> synchronous =
        new TreeSet<>(methods(name -> !name.matches(".*(Async|Call)|stream.*")));
    assertEquals(operations, synchronous);
    assertEquals(
        operations.stream().map(id -> id + "Async").collect(Collectors.toSet()),
        methods(name -> name.endsWith("Async")));
    assertEquals(
        operations.stream().map(id -> id + "Call").collect(Collectors.toSet()),
        methods(name -> name.endsWith("Call")));
    assertEquals(
        Set.of(
            "streamUsers",
            "streamSessions",
            "streamClients",
            "streamRegistrationTokens",
            "streamResources"),
        methods(name -> name.startsWith("stream")));
  }

  private static Set<String> methods(java.util.function.Predicate<String> wanted) {
    return Arrays.stream(Operations.class.getDeclaredMethods())
        .filter(accessor -> accessor.getParameterCount() == 0)
        .flatMap(accessor -> Arrays.stream(accessor.getReturnType().getDeclaredMethods()))
        .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .filter(wanted)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void listIsReadPageByPageAsItIsNeeded() {
    provider.users =
        asked -> {
          String cursor = asked.query().getOrDefault("cursor", "0");
          int page = Integer.parseInt(cursor);
          Map<String, ?> body =
              page == 2
                  ? Map.of("items", List.of(user("e")))
                  : Map.of(
                      "items",
                      List.of(user(cursor + "a"), user(cursor + "b")),
                      "next_cursor",
                      String.valueOf(page + 1));
          return Answer.json(200, body);
        };
    OAuth2Session session = provider.loggedIn(provider.session());
    Operations operations = session.api();

    try (Stream<User> all = operations.users().streamUsers()) {
      assertTrue(provider.askedAt("/api/users").isEmpty());
      assertEquals(List.of("0a", "0b", "1a", "1b", "e"), all.map(User::username).toList());
    }
    assertEquals(3, provider.askedAt("/api/users").size());

    provider.asked.clear();
    operations
        .users()
        .streamUsers(ListUsersParameters.builder().limit(2).build())
        .limit(2)
        .forEach(user -> {});
    assertEquals(1, provider.askedAt("/api/users").size());
    assertEquals("2", provider.askedAt("/api/users").get(0).query().get("limit"));
  }

  @Test
  void callThatNeedsATokenIsNotMadeWithoutOne() {
    assertThrows(
        AuthorizationRequiredException.class, () -> provider.gatewright().account().getUser());
    assertTrue(provider.asked.isEmpty());
  }

  /** A session knows its client, too. */
  @Test
  void operationForClientsIsCalledAsTheSessionsClient() {
    provider.introspection = asked -> Answer.json(200, Map.of("active", false));
    IntrospectionRequest request = IntrospectionRequest.builder().token("a token").build();

    assertFalse(provider.session().build().api().token().introspectToken(request).active());
    provider.gatewright().withClient("api", "its secret").token().introspectToken(request);

    List<Asked> asked = provider.askedAt("/oauth2/introspect");
    assertEquals("a token", asked.get(0).form().get("token"));
    assertTrue(asked.get(0).authorization().startsWith("Basic "));
    assertTrue(asked.get(1).authorization().startsWith("Basic "));
  }

  /** Its tokens must not reach another server. */
  @Test
  void sessionOfAnotherServerIsRefused() {
    try (FakeProvider other = new FakeProvider(new TestClock())) {
      OAuth2Session session = other.session().build();

      assertThrows(IllegalArgumentException.class, () -> provider.gatewright().with(session));
    }
  }

  @Test
  void callIsImmutableAndCanBeMadeAgain() {
    Call<User> call = provider.loggedIn(provider.session()).api().account().getUserCall();

    assertEquals(call.send(), call.sendAsync().join());
    assertEquals(200, call.exchange().status());
    assertTrue(call.text().send().contains("\"ada\""));
    assertEquals("Call[getUser]", call.toString());
  }

  /** RFC 7396. */
  @Test
  void patchTellsNullFromAbsent() {
    UserPatch patch = UserPatch.builder().name("Countess").nickname(null).build();

    assertEquals("{\"name\":\"Countess\",\"nickname\":null}", Json.write(patch));
    assertEquals("UserPatch[name, nickname]", patch.toString());
  }

  @Test
  void valueSaysWhatItNeedsAndShowsNoSecret() {
    assertThrows(IllegalStateException.class, () -> SignUpRequest.builder().username("a").build());
    TokenResponse tokens =
        TokenResponse.builder()
            .accessToken("leaked")
            .tokenType("Bearer")
            .expiresIn(60L)
            .refreshToken("leaked")
            .build();
    assertFalse(tokens.toString().contains("leaked"), tokens.toString());
    assertTrue(tokens.toString().contains("expiresIn=60"), tokens.toString());
    assertNull(tokens.idToken());
    assertEquals(tokens, tokens.toBuilder().build());
    assertEquals("x", tokens.toBuilder().scope("x").build().scope());
  }

  private static Map<String, String> user(String name) {
    return Map.of("id", "01936b2e-7c1a-7d4f-9b1e-0a5d3c2b1f00", "username", name);
  }
}
