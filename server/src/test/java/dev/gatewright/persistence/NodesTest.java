package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.Clients;
import dev.gatewright.client.TestClients;
import dev.gatewright.http.AttemptLimit;
import dev.gatewright.http.AttemptLimits;
import dev.gatewright.resource.ResourceMetadata;
import dev.gatewright.resource.ResourceRegistrations;
import dev.gatewright.resource.ResourceScope;
import dev.gatewright.resource.Resources;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes that share nothing but a database, started on an empty one in the same moment (on a
 * cluster, whose schema one has to bring up to date, one after the other). Not on H2, which one
 * process has to itself.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
class NodesTest {
  private static final Map<String, Object> SAME =
      Map.of(
          "gatewright.issuer", "http://localhost:9999",
          "gatewright.bootstrap-file", "classpath:bootstrap-dev.yml",
          "gatewright.limits.shared", true,
          "gatewright.login-throttle.failures-per-login", 8,
          "gatewright.login-throttle.refill-per-login", "1h");

  private static Database database;
  private static List<Node> nodes;

  private final Node one = nodes.getFirst();
  private final Node other = nodes.getLast();
  private final Http atOne = new Http(one.server());
  private final Http atOther = new Http(other.server());
  private final User user = new TestUsers(one.server()).user();

  NodesTest(TestDatabase kind) {
    assertNotEquals(TestDatabase.H2, kind);
  }

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase kind) {
    database = new Database(kind.fresh());
    if (kind == TestDatabase.GALERA) { // its locks are of one member: docs/operations.md
      nodes = List.of(start(kind, 0), start(kind, 1));
    } else {
      nodes = Race.run(2, i -> () -> start(kind, i));
    }
  }

  private static Node start(TestDatabase kind, int node) {
    return Node.start(new Database(kind.forNode(node, database.configuration())), SAME);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    nodes.forEach(Node::close);
  }

  @Test
  void startedAtOnceTheyAgreeOnEverything() {
    assertEquals(
        List.of(),
        database.query(
            "select version from flyway_schema_history group by version having count(*) > 1"));
    assertEquals(
        List.of(), database.query("select version from flyway_schema_history where not success"));
    assertEquals(
        List.of("ES256", "EdDSA", "PS256", "RS256"),
        database.query("select alg from signing_key order by alg"));
    assertEquals(keys(atOne), keys(atOther));
    assertEquals(
        List.of("admin"),
        database.query("select username from user_account where role = 'administrator'"));
    assertTrue(other.bean(Clients.class).find("swagger-ui").isPresent());
  }

  /** Login at one node, consent at the other, the code redeemed where it was not made. */
  @Test
  void everyStepMayBeAtAnotherNode() {
    CodeFlow flow = CodeFlow.ofNewClient(one.server());
    Map<String, String> login =
        CodeFlow.query(CodeFlow.redirect(atOther.get(flow.authorizationRequest(Map.of()))));
    String resume = CodeFlow.logIn(atOne, user, login);
    String cookie = "gatewright_session=" + atOne.cookie("gatewright_session");
    String consent = CodeFlow.redirect(new Http(other.server()).get(resume, "Cookie", cookie));
    assertTrue(consent.startsWith("/consent?"), consent);

    String code = flow.logInAndConsent(atOther, user, Map.of()).get("code");
    JsonNode tokens = Http.body(200, flow.redeem(atOne, code));
    Http.body(200, CodeFlow.user(atOther, tokens));
    JsonNode refreshed = Http.body(200, flow.refresh(atOther, tokens));
    Http.body(200, CodeFlow.user(atOne, refreshed));
  }

  /** RFC 8628: begun and polled at one node, allowed at the other; both keep its interval. */
  @Test
  void deviceMayBeAllowedAtAnotherNodeThanItPolls() {
    TestClient tv = ClientBuilder.device(one.server()).register();
    TestClient atTheOther = new TestClient(other.server(), tv.clientId(), "", "");
    DeviceFlow device = tv.device("openid user:read");
    assertEquals("authorization_pending", device.pollError());
    assertEquals("slow_down", Http.body(400, device.poll(atTheOther)).get("error").asText());
    device.decide(new Browser(other.server()).logIn(user), "allow");

    List<Integer> statuses =
        Race.run(8, i -> () -> device.poll(i % 2 == 0 ? tv : atTheOther).statusCode());
    assertEquals(1, Collections.frequency(statuses, 200), statuses.toString());
    assertEquals(7, Collections.frequency(statuses, 400), statuses.toString());
  }

  @Test
  void revocationIsSeenByTheOtherNodeAtOnce() {
    CodeFlow flow = CodeFlow.ofNewClient(one.server());
    String code = flow.logInAndConsent(atOne, user, Map.of()).get("code");
    JsonNode tokens = Http.body(200, flow.redeem(atOne, code));
    Http.body(200, CodeFlow.user(atOther, tokens));
    assertEquals(200, flow.revoke(atOne, CodeFlow.text(tokens, "access_token")).statusCode());
    Http.body(401, CodeFlow.user(atOther, tokens));

    JsonNode refreshed = Http.body(200, flow.refresh(atOther, tokens));
    Http.body(200, CodeFlow.user(atOther, refreshed));
    flow.revoke(atOne, CodeFlow.text(refreshed, "refresh_token"));
    Http.body(401, CodeFlow.user(atOther, refreshed));
    Http.body(400, flow.refresh(atOther, refreshed));
  }

  @Test
  void clientChangedAtOneNodeIsSeenByTheOtherWithinTheStatedTime() throws InterruptedException {
    String id = TestUsers.freshName();
    ClientRegistrations registrations = one.bean(ClientRegistrations.class);
    registrations.create(TestClients.web(id), TestClients.ANYTHING);
    Clients seen = other.bean(Clients.class);
    assertEquals("A client", seen.find(id).orElseThrow().clientName());

    registrations.update(
        id, null, TestClients.ANYTHING, before -> TestClients.with(before, "client_name", "New"));
    assertEquals("New", one.bean(Clients.class).find(id).orElseThrow().clientName());
    awaitAtMost(Duration.ofSeconds(3), () -> seen.find(id).orElseThrow().clientName(), "New");
    registrations.delete(id, null, () -> {});
    awaitAtMost(Duration.ofSeconds(3), () -> seen.find(id).isPresent(), false);
  }

  @Test
  void resourceChangedAtOneNodeIsSeenByTheOtherWithinTheStatedTime() throws InterruptedException {
    String name = TestUsers.freshName();
    ResourceRegistrations registrations = one.bean(ResourceRegistrations.class);
    String scope = name + ":read";
    Resources seen = other.bean(Resources.class);
    assertFalse(seen.knows(scope));
    UUID id =
        registrations
            .create(
                new ResourceMetadata(
                    "https://api.example/" + name,
                    "An API",
                    List.of(new ResourceScope(scope, "Read it")),
                    null,
                    null))
            .id();
    assertTrue(one.bean(Resources.class).knows(scope));
    awaitAtMost(Duration.ofSeconds(3), () -> seen.knows(scope), true);
    registrations.delete(id, null);
    awaitAtMost(Duration.ofSeconds(3), () -> seen.knows(scope), false);
  }

  @Test
  void consentGivenAtOneNodeIsKnownToTheOtherAtOnce() {
    CodeFlow flow = CodeFlow.ofNewClient(one.server());
    flow.logInAndConsent(atOne, user, Map.of());
    String cookie = "gatewright_session=" + atOne.cookie("gatewright_session");

    HttpResponse<String> again =
        new Http(other.server()).get(flow.authorizationRequest(Map.of()), "Cookie", cookie);
    Http.body(200, flow.redeem(atOther, flow.answer(again).get("code")));
  }

  /**
   * Eight failures are let through for a name, however many nodes there are. A cluster may refuse
   * at the commit so often that a node answers 503: that attempt is not counted, and is repeated.
   */
  @Test
  void passwordIsGuessedNoMoreOftenAtTwoNodesThanAtOne() {
    String wrong = "{\"login\":\"%s\",\"password\":\"wrong password\"}".formatted(user.username());
    List<Integer> statuses =
        Race.run(20, i -> () -> statusUnlessBusy(i % 2 == 0 ? atOne : atOther, wrong));

    assertEquals(8, Collections.frequency(statuses, 401), statuses.toString());
    assertEquals(12, Collections.frequency(statuses, 429), statuses.toString());
  }

  private static int statusUnlessBusy(Http http, String login) {
    int status = 503;
    for (int i = 0; i < 20 && status == 503; i++) {
      status = http.json("POST", "/api/login", login).statusCode();
    }
    return status;
  }

  @Test
  void firstAttemptsOfManyNamesAreCountedOnceEach() {
    List<AttemptLimit> limits =
        nodes.stream()
            .map(
                node -> node.bean(AttemptLimits.class).named("a race", 2, Duration.ofHours(1), 100))
            .toList();
    for (int round = 0; round < 10; round++) {
      String name = TestUsers.freshName();
      List<Integer> waits = Race.run(4, i -> () -> limits.get(i % 2).take(name));
      assertEquals(2, Collections.frequency(waits, 0), waits.toString());
    }
  }

  private static <T> void awaitAtMost(Duration most, Supplier<T> actual, T expected)
      throws InterruptedException {
    Instant end = Instant.now().plus(most);
    while (!actual.get().equals(expected) && Instant.now().isBefore(end)) {
      Thread.sleep(50);
    }
    assertEquals(expected, actual.get());
  }

  private static String keys(Http http) {
    HttpResponse<String> response = http.get("/.well-known/jwks.json");
    return Http.body(200, response).toString();
  }
}
