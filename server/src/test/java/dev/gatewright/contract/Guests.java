package dev.gatewright.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Who calls: an administrator and clients of its own, replaced when a request has ended them; and
 * the names of what there is.
 */
final class Guests {
  private static final int REMEMBERED = 40;

  /** Below which path an {@code id} is which parameter of other paths. */
  private static final Map<String, String> IDS =
      Map.of(
          "/api/resources", "resource_id",
          "/api/registration-tokens", "token_id",
          "/api/user/sessions", "sid",
          "/api/users", "user_id");

  private final TestServer server;
  private final TestUsers users;
  private final Map<String, List<String>> known = new HashMap<>();
  private String accessToken = "";
  private String registration = "";
  private String registrationToken = "";
  private TestClient client;
  private int addresses;

  Guests(TestServer server) {
    this.server = server;
    this.users = new TestUsers(server);
    this.client = newClient();
  }

  /** An access token of an administrator, with every scope that a login by JSON can have. */
  String accessToken() {
    if (accessToken.isEmpty()) {
      accessToken = users.logIn(users.administrator()).get("access_token").asText();
    }
    return accessToken;
  }

  /** A client that authenticates by its secret. */
  TestClient client() {
    return client;
  }

  /** The client_id of a client that has registered itself. */
  String registration() {
    if (registration.isEmpty()) {
      register();
    }
    return registration;
  }

  /** Its registration access token. */
  String registrationToken() {
    if (registrationToken.isEmpty()) {
      register();
    }
    return registrationToken;
  }

  private void register() {
    String metadata =
        "{\"client_name\":\"A guest\",\"redirect_uris\":[\"https://guest.example/callback\"]}";
    JsonNode client =
        Http.body(
            201,
            new Http(server)
                .json("POST", "/oauth2/register", metadata, "X-Forwarded-For", address()));
    registration = client.get("client_id").asText();
    registrationToken = client.get("registration_access_token").asText();
  }

  /** Asks for others: the present ones may have been ended. */
  void replace() {
    accessToken = "";
    registration = "";
    registrationToken = "";
    client = newClient();
  }

  /** One from which nobody has asked: how often one may is limited. */
  String address() {
    addresses++;
    return "10.%d.%d.%d".formatted(addresses >> 16 & 255, addresses >> 8 & 255, addresses & 255);
  }

  private TestClient newClient() {
    TestClient fresh = ClientBuilder.web(server).resourceServer().register();
    remember("client_id", fresh.clientId());
    return fresh;
  }

  private void remember(String parameter, String value) {
    List<String> values = known.computeIfAbsent(parameter, name -> new ArrayList<>());
    values.add(value);
    if (values.size() > REMEMBERED) {
      values.removeFirst();
    }
  }

  /** A value for a parameter of a path: of something that is or was there, or of nothing. */
  String value(String parameter, Random random) {
    List<String> values = known.getOrDefault(parameter, List.of());
    return values.isEmpty() || random.nextInt(8) == 0
        ? new UUID(random.nextLong(), random.nextLong()).toString()
        : values.get(random.nextInt(values.size()));
  }

  /** Remembers what an answer names. */
  void learn(String path, JsonNode answer) {
    answer.path("items").forEach(item -> learn(path, item));
    IDS.forEach((prefix, name) -> {
      if (path.startsWith(prefix) && answer.path("id").isTextual()) {
        remember(name, answer.get("id").asText());
      }
    });
    if (answer.path("client_id").isTextual()) {
      remember("client_id", answer.get("client_id").asText());
    }
  }
}
