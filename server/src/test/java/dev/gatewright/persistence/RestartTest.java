package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server as its users start it, in a process of its own, in another time zone than UTC: on the
 * embedded database with nothing set, on MariaDB and MySQL with URL and credentials set.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RestartTest {
  private final Database database;
  private final Map<String, Object> configuration;

  RestartTest(TestDatabase kind) {
    database = new Database(kind.fresh());
    configuration = new HashMap<>(database.configuration());
    configuration.putIfAbsent(
        "gatewright.data-dir",
        Path.of("target", "restart", TestUsers.freshName()).toAbsolutePath().toString());
    if (kind == TestDatabase.H2) { // it is the default
      configuration.keySet().removeIf(name -> name.startsWith("datasources."));
    }
  }

  @Test
  void nothingIsLostWhenTheServerIsKilled() throws IOException {
    String name = TestUsers.freshName();
    Instant before = Instant.now().minusSeconds(1);
    Map<String, String> seen = new HashMap<>();
    JsonNode first;
    try (ServerProcess server = ServerProcess.start(configuration)) {
      Http http = new Http(server.issuer());
      Http.body(201, http.json("POST", "/api/users", account(name)));
      first = logIn(http, name);
      seen.put("keys", Http.body(200, http.get("/.well-known/jwks.json")).toString());
      seen.put("user", Http.body(200, CodeFlow.user(http, first)).toString());
      assertTrue(server.output().contains("admin"), server.output());
      configuration.put("micronaut.server.port", server.port()); // the issuer stays
    } // by SIGKILL

    try (ServerProcess server = ServerProcess.start(configuration)) {
      Http http = new Http(server.issuer());
      assertEquals(seen.get("keys"), Http.body(200, http.get("/.well-known/jwks.json")).toString());
      assertEquals(seen.get("user"), Http.body(200, CodeFlow.user(http, first)).toString());
      Http.body(200, CodeFlow.user(http, logIn(http, name)));
      Http.body(409, http.json("POST", "/api/users", account(name)));
    }
    assertEquals(1, database.count("user_account where role = 'administrator'"));
    assertTime(before, "select created_at from user_account where username = '" + name + "'");
  }

  /** What is in the database is UTC, wherever the server runs. */
  private void assertTime(Instant before, String query) {
    Instant stored = Instant.parse(database.query(query).getFirst().replace(' ', 'T') + "Z");
    assertTrue(!stored.isBefore(before), before + " > " + stored);
    assertTrue(Duration.between(stored, Instant.now()).toMinutes() < 10, stored.toString());
  }

  private static JsonNode logIn(Http http, String name) {
    return Http.body(
        200,
        http.json(
            "POST",
            "/api/login",
            "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(name, TestUsers.PASSWORD)));
  }

  private static String account(String name) {
    return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, TestUsers.PASSWORD);
  }
}
