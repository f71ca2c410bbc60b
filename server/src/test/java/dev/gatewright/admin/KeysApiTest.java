package dev.gatewright.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Doors;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.key.TestKeys;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/keys}: administrators see the signing keys and rotate them. */
class KeysApiTest {
  private final TestClock clock = new TestClock();
  private final TestServer server = TestServer.start(Map.of(), clock);
  private final Http http = new Http(server);
  private final TestKeys keys = new TestKeys(server);
  private final TestUsers users = new TestUsers(server);
  private final User user = users.user();
  private final Doors doors = new Doors(server);
  private final TestClient app = ClientBuilder.nativeApp(server).register();
  private String administrator = users.bearer(users.administrator());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keysAreListedWithTheirStatesAndTimes() {
    HttpResponse<String> response = list();
    JsonNode items = Http.body(200, response).get("items");
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    List<String> algs = new ArrayList<>();
    for (JsonNode key : items) {
      algs.add(key.get("alg").asText());
      assertEquals(keys.published(key.get("alg").asText()), List.of(key.get("kid").asText()));
      assertEquals("signing", key.get("state").asText());
      assertEquals(clock.instant(), time(key, "created_at"));
      assertEquals(clock.instant(), time(key, "signs_from"));
      assertFalse(key.has("superseded_at"));
      assertFalse(key.has("leaves_at"));
    }
    assertEquals(List.of("ES256", "RS256", "PS256", "EdDSA"), algs);
    for (String secret : List.of("\"d\"", "\"p\"", "\"q\"", "private")) {
      assertFalse(response.body().contains(secret), secret);
    }
  }

  @Test
  void rotatedKeyIsPublishedNowAndSignsLater() {
    Tokens before = app.flow().tokens(user);
    HttpResponse<String> response = rotate("{\"alg\": \"ES256\"}");
    JsonNode successor = Http.body(201, response);
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    assertEquals("published", successor.get("state").asText());
    assertEquals(clock.instant().plus(Duration.ofHours(24)), time(successor, "signs_from"));
    assertEquals(keys.published("ES256").getLast(), successor.get("kid").asText());
    assertEquals(1, keys.published("RS256").size(), "One algorithm only");
    assertEquals(List.of("signing", "published"), states("ES256"));
    JsonNode first = Http.body(200, list()).get("items").get(0);
    assertEquals(time(successor, "signs_from"), time(first, "superseded_at"));
    assertEquals(
        time(first, "superseded_at").plusSeconds(86_400).plusSeconds(3600),
        time(first, "leaves_at"));

    Tokens between = app.flow().tokens(user);
    assertEquals(TestKeys.kid(before.access()), TestKeys.kid(between.access()));
    doors.assertOpenTo(before.access());
    clock.advance(Duration.ofHours(24));
    administrator = users.bearer(users.administrator());
    assertEquals(List.of("superseded", "signing"), states("ES256"));
    Tokens after = app.flow().tokens(user);
    assertEquals(successor.get("kid").asText(), TestKeys.kid(after.access()));
    doors.assertOpenTo(after.access());
  }

  @Test
  void successorThatIsWaitingIsTheAnswerAgain() {
    JsonNode successor = Http.body(201, rotate("{\"alg\": \"RS256\", \"compromised\": false}"));
    clock.advance(Duration.ofMinutes(5));
    assertEquals(successor, Http.body(200, rotate("{\"alg\": \"RS256\"}")));
    assertEquals(2, keys.published("RS256").size());
  }

  @Test
  void scheduleCountsFromTheLatestKey() {
    clock.advance(Duration.ofDays(50));
    administrator = users.bearer(users.administrator());
    Http.body(201, rotate("{\"alg\": \"EdDSA\"}"));
    clock.advance(Duration.ofDays(39));
    keys.tend();
    assertEquals(2, keys.published("ES256").size());
    assertEquals(1, keys.published("EdDSA").size(), "Its first key has left meanwhile");
    clock.advance(Duration.ofDays(51));
    keys.tend();
    assertEquals(2, keys.published("EdDSA").size());
  }

  @Test
  void compromisedKeyTakesItsTokensWithItAtOnce() {
    Tokens stolen = app.flow().with("scope", "openid user:read offline_access").tokens(user);
    String idTokenKid = TestKeys.kid(stolen.id());
    JsonNode key = Http.body(201, rotate("{\"alg\": \"ES256\", \"compromised\": true}"));
    assertEquals("signing", key.get("state").asText());
    assertEquals(clock.instant(), time(key, "signs_from"));
    assertEquals(List.of(key.get("kid").asText()), keys.published("ES256"));
    assertEquals(List.of(idTokenKid), keys.published("RS256"), "The other algorithms stay");

    doors.assertClosedTo(stolen.access());
    assertEquals(401, list().statusCode(), "The administrator's own token was signed by it");
    Tokens fresh = Tokens.of(app.refresh(stolen.refresh()));
    assertEquals(key.get("kid").asText(), TestKeys.kid(fresh.access()));
    doors.assertOpenTo(fresh.access());
    keys.assertVerifies(fresh.access());
  }

  /** Whoever had the old private key may have had the waiting one, and an older one before. */
  @Test
  void compromiseWithdrawsEveryOlderKey() {
    Tokens oldest = app.flow().tokens(user);
    Http.body(201, rotate("{\"alg\": \"ES256\"}"));
    clock.advance(Duration.ofHours(24));
    administrator = users.bearer(users.administrator());
    JsonNode waiting = Http.body(201, rotate("{\"alg\": \"ES256\"}"));
    assertEquals(3, keys.published("ES256").size());

    JsonNode key = Http.body(201, rotate("{\"alg\": \"ES256\", \"compromised\": true}"));
    assertEquals(List.of(key.get("kid").asText()), keys.published("ES256"));
    assertNotEquals(waiting.get("kid"), key.get("kid"));
    doors.assertClosedTo(oldest.access());
    clock.advance(Duration.ofHours(24));
    assertEquals(
        key.get("kid").asText(), TestKeys.kid(app.flow().tokens(user).access()), "It signs on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"alg\": null}",
        "{\"alg\": \"HS256\"}",
        "{\"alg\": \"none\"}",
        "{\"alg\": 1}",
        "{\"alg\": {}}",
        "{\"alg\": \"ES256\", \"compromised\": \"true\"}",
        "{\"alg\": \"ES256\", \"compromised\": 1}",
        "{\"alg\": \"ES256\", \"compromised\": [true]}"
      })
  void strangeRotationIsRefusedAndChangesNothing(String body) {
    Http.body(400, rotate(body));
    assertEquals(4, keys.jwks().size());
  }

  /** RFC 6750 §3.1: each operation needs its scope, which only administrators are granted. */
  @Test
  void scopesAreNeeded() {
    assertEquals(401, http.get("/api/keys").statusCode());
    assertEquals(401, http.json("POST", "/api/keys", "{\"alg\": \"ES256\"}").statusCode());
    assertForbidden(users.bearer(user), "keys:read", "keys:write");

    TestClient reader = ClientBuilder.machine(server).scope("keys:read").register();
    String reading = "Bearer " + reader.ownTokens("keys:read").access();
    Http.body(200, http.get("/api/keys", "Authorization", reading));
    assertEquals(403, rotateAs(reading).statusCode());
    TestClient rotator = ClientBuilder.machine(server).scope("keys:write").register();
    String rotating = "Bearer " + rotator.ownTokens("keys:write").access();
    assertEquals(403, http.get("/api/keys", "Authorization", rotating).statusCode());
    assertEquals(4, keys.jwks().size());
    Http.body(201, rotateAs(rotating));
  }

  private void assertForbidden(String bearer, String read, String write) {
    HttpResponse<String> reading = http.get("/api/keys", "Authorization", bearer);
    assertEquals(403, reading.statusCode());
    assertTrue(Http.header(reading, "WWW-Authenticate").contains("scope=\"" + read + "\""));
    HttpResponse<String> writing = rotateAs(bearer);
    assertEquals(403, writing.statusCode());
    assertTrue(Http.header(writing, "WWW-Authenticate").contains("scope=\"" + write + "\""));
    assertEquals("application/problem+json", Http.header(writing, "Content-Type").split(";")[0]);
  }

  private HttpResponse<String> list() {
    return http.get("/api/keys", "Authorization", administrator);
  }

  private HttpResponse<String> rotate(String body) {
    return http.json("POST", "/api/keys", body, "Authorization", administrator);
  }

  private HttpResponse<String> rotateAs(String bearer) {
    return http.json("POST", "/api/keys", "{\"alg\": \"ES256\"}", "Authorization", bearer);
  }

  private List<String> states(String alg) {
    List<String> states = new ArrayList<>();
    for (JsonNode key : Http.body(200, list()).get("items")) {
      if (key.get("alg").asText().equals(alg)) {
        states.add(key.get("state").asText());
      }
    }
    return states;
  }

  private static Instant time(JsonNode key, String field) {
    return Instant.parse(key.get(field).asText());
  }
}
