package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestServer;
import dev.gatewright.Tokens;
import dev.gatewright.key.KeyRotation;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.key.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes that share a database and the time agree on the signing keys without a word. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class KeyNodesTest {
  private static final TestClock CLOCK = new TestClock();

  private static Database database;
  private static List<TestServer> nodes;

  private final TestServer one = nodes.getFirst();
  private final TestServer other = nodes.getLast();
  private final TestKeys keysOfOne = new TestKeys(one);
  private final TestKeys keysOfOther = new TestKeys(other);

  private final TestDatabase kind;

  KeyNodesTest(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase kind) {
    database = new Database(kind.fresh());
    nodes = Race.run(2, i -> () -> node(database, CLOCK));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    nodes.forEach(TestServer::close);
  }

  @Test
  void successorSignsAtBothInTheSameMoment() {
    String successor = rotate(one, SigningAlgorithm.PS256).key().kid();
    keysOfOther.tend();
    assertEquals(keysOfOne.published("PS256"), keysOfOther.published("PS256"));
    assertNotEquals(successor, kid(one, "PS256"));
    CLOCK.advance(Duration.ofDays(1).minusSeconds(1));
    assertNotEquals(successor, kid(other, "PS256"));

    CLOCK.advance(Duration.ofSeconds(1));
    assertEquals(successor, kid(one, "PS256"));
    assertEquals(successor, kid(other, "PS256"));
  }

  @Test
  void rotatedByManyAtOnceThereIsOneSuccessor() {
    List<KeyRotation.Rotated> answers =
        Race.run(8, i -> () -> rotate(nodes.get(i % 2), SigningAlgorithm.ED_DSA));

    assertEquals(1, answers.stream().filter(KeyRotation.Rotated::made).count());
    assertEquals(1, answers.stream().map(answer -> answer.key().kid()).distinct().count());
    assertEquals(2, rows("EdDSA"));
  }

  @Test
  void scheduledAtBothAtOnceThereIsOneSuccessorOfEachKey() {
    TestClock clock = new TestClock();
    Database fresh = new Database(kind.fresh());
    List<TestServer> pair = List.of(node(fresh, clock), node(fresh, clock));
    try {
      clock.advance(Duration.ofDays(89));
      Race.run(
          2,
          i ->
              () -> {
                new TestKeys(pair.get(i)).tend();
                return i;
              });

      assertEquals(
          List.of(
              "1 ES256", "2 ES256", "1 EdDSA", "2 EdDSA", "1 PS256", "2 PS256", "1 RS256",
              "2 RS256"),
          fresh.query(
              "select concat(generation, ' ', alg) from signing_key order by alg, generation"));
      pair.forEach(node -> new TestKeys(node).tend());
      for (String alg : SigningAlgorithm.names()) {
        assertEquals(
            new TestKeys(pair.getFirst()).published(alg),
            new TestKeys(pair.getLast()).published(alg));
      }
    } finally {
      pair.forEach(TestServer::close);
    }
  }

  /** Of rotations that race with withdrawals, none brings back what is withdrawn. */
  @Test
  void replacedByManyAtOnceNothingOlderIsLeft() {
    List<String> before = keysOfOne.published("RS256");
    Race.run(
        8,
        i ->
            () -> {
              KeyRotation rotation = nodes.get(i % 2).bean(KeyRotation.class);
              return i < 4
                  ? rotation.replaceCompromised(SigningAlgorithm.RS256)
                  : rotation.rotate(SigningAlgorithm.RS256);
            });

    keysOfOne.tend();
    keysOfOther.tend();
    List<String> after = keysOfOne.published("RS256");
    assertEquals(after, keysOfOther.published("RS256"));
    assertFalse(after.stream().anyMatch(before::contains));
    assertTrue(after.size() <= 2, "One that signs, one that waits: " + after);
    assertEquals(after.size(), rows("RS256"));
    assertEquals(kid(one, "RS256"), kid(other, "RS256"));
  }

  /** In real time, for the bound is: ten seconds. */
  @Test
  void withdrawnKeyIsNoLongerBelievedAnywhere() throws InterruptedException {
    String stolen = token(other, "ES256");
    assertEquals(200, status(one, stolen));
    String successor = replace(one, SigningAlgorithm.ES256);
    Instant end = Instant.now().plusSeconds(10);
    assertEquals(401, status(one, stolen));
    assertEquals(successor, kid(one, "ES256"));

    while (status(other, stolen) == 200 && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    assertEquals(401, status(other, stolen));
    assertEquals(successor, kid(other, "ES256"));
  }

  /** In no time: a token that names a key which is not known makes a node look for it. */
  @Test
  void keyOfAnotherNodeIsBelievedAtOnce() {
    CLOCK.advance(Duration.ofSeconds(2)); // how often a node looks is limited
    String successor = replace(one, SigningAlgorithm.ES256);
    String fresh = token(one, "ES256");
    assertEquals(successor, TestKeys.kid(fresh));
    assertEquals(200, status(other, fresh));
  }

  private static String replace(TestServer node, SigningAlgorithm algorithm) {
    return node.bean(KeyRotation.class).replaceCompromised(algorithm).key().kid();
  }

  private static KeyRotation.Rotated rotate(TestServer node, SigningAlgorithm algorithm) {
    return node.bean(KeyRotation.class).rotate(algorithm);
  }

  private static TestServer node(Database database, TestClock clock) {
    Map<String, Object> configuration = new HashMap<>(database.configuration());
    configuration.put("gatewright.issuer", "http://localhost:9999");
    return TestServer.start(configuration, clock);
  }

  private static int rows(String alg) {
    return database.count("signing_key where alg = '" + alg + "'");
  }

  private static String kid(TestServer node, String alg) {
    return TestKeys.kid(token(node, alg));
  }

  /** A client's own access token, signed by that algorithm. */
  private static String token(TestServer node, String alg) {
    TestClient machine =
        ClientBuilder.machine(node).scope("users:read").accessTokenAlg(alg).register();
    Tokens tokens = machine.ownTokens("users:read");
    return tokens.access();
  }

  private static int status(TestServer node, String token) {
    return new Http(node).get("/api/users", "Authorization", "Bearer " + token).statusCode();
  }
}
