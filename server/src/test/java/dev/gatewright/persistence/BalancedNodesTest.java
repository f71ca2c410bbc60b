package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Several nodes behind a balancer, which knows no more of them than docs/scale.md says: nobody can
 * tell which one answers, nor that one comes or goes.
 */
class BalancedNodesTest {
  private static final String SECRET = "a-secret-of-the-tests-that-is-long-enough-000";
  private static final String REDIRECT_URI = "https://client.example/callback";
  private static final String MACHINE = TestClient.basic("machine", SECRET);
  private static final Map<String, String> FOR_ITSELF = Map.of("grant_type", "client_credentials");

  private static final String BOOTSTRAP =
      """
      clients:
        - client_id: web
          client_name: Web
          client_secret: %1$s
          grant_types: [authorization_code, refresh_token]
          redirect_uris: [%2$s]
          scope: openid user:read offline_access
          refresh_token_policy: always
        - client_id: machine
          client_name: Machine
          client_secret: %1$s
          grant_types: [client_credentials]
          scope: users:read
      users:
        - username: contestant
          password: %3$s
      """
          .formatted(SECRET, REDIRECT_URI, TestUsers.PASSWORD);

  private static final List<Integer> PORTS = new ArrayList<>();
  private static final Map<Integer, ServerProcess> NODES = new HashMap<>();
  private static Map<String, Object> configuration;
  private static Balancer balancer;

  private final CodeFlow flow = new CodeFlow("web", SECRET, REDIRECT_URI);

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      PORTS.add(ServerProcess.freePort());
    }
    balancer = Balancer.start(ServerProcess.freePort(), PORTS);
    Path bootstrap = Files.createTempFile(Path.of("target"), "bootstrap-", ".yml");
    configuration = new HashMap<>(TestDatabase.MARIADB.fresh());
    configuration.putAll(
        Map.of(
            "gatewright.issuer",
            balancer.url(),
            "gatewright.master-key",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "gatewright.bootstrap-file",
            Files.writeString(bootstrap, BOOTSTRAP).toString(),
            "gatewright.trusted-proxies",
            "127.0.0.1",
            "gatewright.refresh-tokens.reuse-grace",
            "30s",
            "gatewright.shutdown.drain",
            "3s",
            "gatewright.passwords.memory",
            64,
            "gatewright.passwords.iterations",
            1));
    NODES.put(0, node(0));
    NODES.put(1, node(1));
    balancer.awaitReady(List.of(0, 1));
  }

  @AfterAll
  static void stop() {
    NODES.values().forEach(ServerProcess::close);
    balancer.close();
  }

  /** Of each of the two kinds of requests that the balancer knows, both nodes get their share. */
  @Test
  void everyStepOfALoginMayBeAtAnotherNode() {
    Http browser = new Http(balancer.url());
    List<Long> before = served();
    JsonNode tokens = logIn(browser);
    Http.body(200, CodeFlow.user(browser, tokens));
    tokens = Http.body(200, flow.refresh(browser, tokens));
    Http.body(200, CodeFlow.user(browser, tokens));
    List<Long> after = served();
    IntStream.range(0, before.size())
        .forEach(i -> assertTrue(after.get(i) >= before.get(i) + 2, before + " " + after));
  }

  @Test
  void aNodeThatStartsStopsOrDiesIsNotNoticed() throws IOException, InterruptedException {
    AtomicInteger interrupted = new AtomicInteger();
    SteadyLoad load = new SteadyLoad();
    try (load) {
      Http one = new Http(balancer.url());
      Http other = new Http(balancer.url());
      load.add(
          10,
          () -> Http.body(200, one.form("/oauth2/token", FOR_ITSELF, "Authorization", MACHINE)));
      load.add(10, () -> Http.body(200, other.get("/.well-known/jwks.json")));
      for (int i = 0; i < 2; i++) {
        RefreshingUser user = new RefreshingUser(interrupted);
        load.add(20, user::refresh);
        Http api = new Http(balancer.url());
        load.add(20, () -> Http.body(200, CodeFlow.user(api, user.tokens)));
      }

      NODES.put(2, node(2));
      balancer.awaitReady(List.of(0, 1, 2));
      balancer.awaitServed(2, 20);
      assertEquals(List.of(), load.failures(), "One node more");

      assertEquals(143, NODES.get(0).stop(), "by SIGTERM");
      balancer.awaitReady(List.of(1, 2));
      goOn(load);
      assertEquals(List.of(), load.failures(), NODES.get(0).output());
      assertEquals(0, interrupted.get(), "What was asked of the one that stopped is answered");

      NODES.get(1).close(); // SIGKILL
      balancer.awaitReady(List.of(2));
      goOn(load);
    }
    assertEquals(List.of(), load.failures(), "All that may be repeated is, and succeeds");
    assertTrue(interrupted.get() <= 2, "One request of each user was under way: " + interrupted);
  }

  /** A user with one request at a time that only the client itself may repeat. */
  private final class RefreshingUser {
    private final Http http = new Http(balancer.url());
    private final AtomicInteger interrupted;
    private volatile JsonNode tokens = logIn(http);

    RefreshingUser(AtomicInteger interrupted) {
      this.interrupted = interrupted;
    }

    /** With the refresh token that it has, and once more with the same when it has no answer. */
    void refresh() {
      tokens = Http.body(200, answer().orElseGet(() -> flow.refresh(http, tokens)));
    }

    /** Empty when the node has died over it: a 502, or nothing at all on a connection kept. */
    private Optional<HttpResponse<String>> answer() {
      try {
        HttpResponse<String> answer = flow.refresh(http, tokens);
        if (answer.statusCode() != 502) {
          return Optional.of(answer);
        }
      } catch (UncheckedIOException e) {
        // as good as a 502
      }
      interrupted.incrementAndGet();
      return Optional.empty();
    }
  }

  private JsonNode logIn(Http browser) {
    String code =
        flow.logInAndConsent(browser, "contestant", Map.of("prompt", "consent")).get("code");
    return Http.body(200, flow.redeem(browser, code));
  }

  private static void goOn(SteadyLoad load) throws InterruptedException {
    int enough = load.calls() + 100;
    while (load.calls() < enough) {
      Thread.sleep(20);
    }
  }

  private static ServerProcess node(int i) throws IOException {
    Map<String, Object> own = new HashMap<>(configuration);
    own.put("micronaut.server.port", PORTS.get(i));
    return ServerProcess.start(own);
  }

  private static List<Long> served() {
    return List.of(
        balancer.served("repeatable", 0),
        balancer.served("repeatable", 1),
        balancer.served("once", 0),
        balancer.served("once", 1));
  }
}
