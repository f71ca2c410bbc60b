package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that is killed while keys are replaced: each replacement was made whole or not at all.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class KeyCrashTest {
  private static final Pattern ADMINISTRATOR =
      Pattern.compile("User name +(\\S+)\\R +Password +(\\S+)\\R");

  private final Database database;
  private final Map<String, Object> configuration;

  KeyCrashTest(TestDatabase kind) {
    database = new Database(kind.fresh());
    configuration = new HashMap<>(database.configuration());
    configuration.putIfAbsent(
        "gatewright.data-dir",
        Path.of("target", "key-crash", TestUsers.freshName()).toAbsolutePath().toString());
  }

  @Test
  void replacementIsWholeOrNotAtAll() throws Exception {
    List<JsonNode> answered = Collections.synchronizedList(new ArrayList<>());
    String administrator;
    Thread replacing;
    try (ServerProcess server = ServerProcess.start(configuration)) {
      configuration.put("micronaut.server.port", server.port()); // the issuer stays
      Http http = new Http(server.issuer());
      administrator = logIn(http, server.output()); // a token that ES256 signs
      Http.body(201, rotate(http, administrator, "PS256", false));
      String bearer = administrator;
      replacing =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    answered.add(Http.body(201, rotate(http, bearer, "EdDSA", true)));
                  }
                } catch (UncheckedIOException e) {
                  // it was killed
                }
              });
      while (answered.size() < 5) {
        Thread.sleep(20);
      }
    } // by SIGKILL
    replacing.join();

    try (ServerProcess server = ServerProcess.start(configuration)) {
      Http http = new Http(server.issuer());
      List<JsonNode> replaced = keys(http, administrator, "EdDSA");
      assertEquals(List.of("signing"), states(replaced));
      assertFalse(createdAt(replaced.getFirst()).isBefore(createdAt(answered.getLast())));
      assertEquals(List.of("signing", "published"), states(keys(http, administrator, "PS256")));
      assertEquals(List.of("signing"), states(keys(http, administrator, "RS256")));
      Http.body(201, rotate(http, administrator, "EdDSA", true));
      Http.body(200, rotate(http, administrator, "PS256", false));
    }
    assertEquals(5, database.count("signing_key"));
  }

  private static String logIn(Http http, String console) {
    Matcher shown = ADMINISTRATOR.matcher(console);
    assertTrue(shown.find(), console);
    String credentials =
        "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(shown.group(1), shown.group(2));
    JsonNode tokens = Http.body(200, http.json("POST", "/api/login", credentials));
    return "Bearer " + CodeFlow.text(tokens, "access_token");
  }

  private static HttpResponse<String> rotate(
      Http http, String bearer, String alg, boolean compromised) {
    return http.json(
        "POST",
        "/api/keys",
        "{\"alg\":\"%s\",\"compromised\":%s}".formatted(alg, compromised),
        "Authorization",
        bearer);
  }

  private static List<JsonNode> keys(Http http, String bearer, String alg) {
    List<JsonNode> keys = new ArrayList<>();
    Http.body(200, http.get("/api/keys", "Authorization", bearer))
        .get("items")
        .forEach(key -> {
          if (key.get("alg").asText().equals(alg)) {
            keys.add(key);
          }
        });
    return keys;
  }

  private static List<String> states(List<JsonNode> keys) {
    return keys.stream().map(key -> CodeFlow.text(key, "state")).toList();
  }

  private static Instant createdAt(JsonNode key) {
    return Instant.parse(CodeFlow.text(key, "created_at"));
  }
}
