package dev.gatewright.client.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatewright.Assertion;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestKey;
import dev.gatewright.TestServer;
import dev.gatewright.TlsSite;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys at a {@code jwks_uri} (RFC 7591 §2, OpenID Connect Core §10.1.1), over the token endpoint.
 */
class RemoteKeySetsTest {
  private static final Map<String, String> OWN = Map.of("grant_type", "client_credentials");
  private static final TestClock CLOCK = new TestClock();
  private static final AtomicInteger PATHS = new AtomicInteger();

  private static TlsSite site;
  private static TestServer server;
  private static TestKey first;
  private static TestKey second;

  private final String path = "/keys/" + PATHS.incrementAndGet();

  @BeforeAll
  static void start() {
    site = TlsSite.start();
    server = TestServer.start(site.trusted(), CLOCK);
    first = TestKey.of("ES256", "first");
    second = TestKey.of("ES256", "second");
  }

  @AfterAll
  static void stop() {
    server.close();
    site.close();
  }

  @Test
  void theyAreFetchedOnceAndKept() {
    serve(first);
    TestClient client = client();
    for (int i = 0; i < 3; i++) {
      assertEquals(200, authenticate(client, first));
    }
    assertEquals(1, fetches());
  }

  @Test
  void aNewKeyIsFoundByItsKidAtOnce() {
    serve(first);
    TestClient client = client();
    assertEquals(200, authenticate(client, first));
    serve(second, first);

    assertEquals(200, authenticate(client, second));
    assertEquals(200, authenticate(client, first));
    assertEquals(2, fetches());
  }

  /** Nobody makes this server ask the client's as often as they like. */
  @Test
  void unknownKidsFetchOnceInAWhile() {
    serve(first);
    TestClient client = client();
    assertEquals(200, authenticate(client, first));
    for (int i = 0; i < 10; i++) {
      assertEquals(401, authenticate(client, TestKey.of("ES256", "unknown-" + i)));
    }
    assertEquals(2, fetches());
    CLOCK.advance(RemoteKeySets.RETRY_AFTER);
    for (int i = 0; i < 10; i++) {
      assertEquals(401, authenticate(client, second));
    }
    assertEquals(3, fetches());
  }

  @Test
  void aForgedSignatureFetchesNothing() {
    serve(first);
    TestClient client = client();
    assertEquals(200, authenticate(client, first));
    CLOCK.advance(RemoteKeySets.RETRY_AFTER);
    assertEquals(401, authenticate(client, TestKey.of("ES256", "first")));
    assertEquals(1, fetches());
  }

  @Test
  void aKeyThatIsTakenOutEndsWhenTheSetIsOld() {
    serve(first);
    TestClient client = client();
    assertEquals(200, authenticate(client, first));
    serve(second);
    CLOCK.advance(RemoteKeySets.FRESH_USUALLY.minusSeconds(1));
    assertEquals(200, authenticate(client, first));
    CLOCK.advance(Duration.ofSeconds(1));
    assertEquals(401, authenticate(client, first));
    assertEquals(200, authenticate(client, second));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 59, 600, 3600, 86_400})
  void theAnswerSaysHowLongItIsKeptWithinBounds(long maxAge) {
    site.serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Cache-Control", "max-age=" + maxAge);
          exchange.getResponseHeaders().add("Content-Type", "application/jwk-set+json");
          TlsSite.answer(exchange, 200, TestKey.document(first));
        });
    TestClient client = client();
    assertEquals(200, authenticate(client, first));
    long kept = Math.clamp(maxAge, 60, 3600);
    CLOCK.advance(Duration.ofSeconds(kept - 1));
    assertEquals(200, authenticate(client, first));
    assertEquals(1, fetches());
    CLOCK.advance(Duration.ofSeconds(1));
    assertEquals(200, authenticate(client, first));
    assertEquals(2, fetches());
  }

  @Test
  void whatCannotBeFetchedAgainIsGoodForAWhileAndNoLonger() {
    serve(first);
    TestClient client = client();
    assertEquals(200, authenticate(client, first));
    site.serve(path, exchange -> TlsSite.answer(exchange, 503, ""));
    CLOCK.advance(RemoteKeySets.FRESH_USUALLY);
    for (int i = 0; i < 5; i++) {
      assertEquals(200, authenticate(client, first));
    }
    assertEquals(2, fetches(), "and it is not asked all the time meanwhile");
    CLOCK.advance(RemoteKeySets.STALE.minusSeconds(1));
    assertEquals(200, authenticate(client, first));
    CLOCK.advance(Duration.ofSeconds(1));
    assertEquals(401, authenticate(client, first));

    serve(first);
    CLOCK.advance(RemoteKeySets.RETRY_AFTER);
    assertEquals(200, authenticate(client, first));
  }

  @Test
  void aSetThatCouldNeverBeFetchedIsAskedForAgainSoon() {
    TestClient client = client();
    assertEquals(401, authenticate(client, first));
    serve(first);
    assertEquals(401, authenticate(client, first));
    CLOCK.advance(RemoteKeySets.RETRY_AFTER);
    assertEquals(200, authenticate(client, first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[]}",
        "{\"keys\":[null,1,\"x\",{},[]]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"first\",\"x\":\"AA\",\"y\":\"AA\"}]}",
        "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"first\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}",
        "<html>"
      })
  void aSetThatIsNoneProvesNothing(String document) {
    site.serve(path, "application/json", document);
    assertEquals(401, authenticate(client(), first));
  }

  /** RFC 7517 §5: keys that are not understood are passed over. */
  @Test
  void aStrangeKeyDoesNotSpoilTheOthers() {
    site.serve(
        path,
        "application/json",
        "{\"keys\":[{\"kty\":\"AKP\",\"kid\":\"x\"},{\"kty\":\"RSA\"},null,%s],\"more\":1}"
            .formatted(TestKey.json(first.jwk())));
    assertEquals(200, authenticate(client(), first));
  }

  @Test
  void weakKeysProveNothing() {
    TestKey weak = TestKey.rsa("weak", 1024);
    serve(weak);
    assertEquals(401, authenticate(client(), weak));
  }

  @Test
  void manyAtOnceFetchOnce() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    site.serve(
        path,
        exchange -> {
          try {
            open.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          TlsSite.answer(exchange, 200, TestKey.document(first));
        });
    TestClient client = client();
    List<Future<Integer>> statuses = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> attempt = () -> authenticate(client, first);
      for (int i = 0; i < 32; i++) {
        statuses.add(callers.submit(attempt));
      }
      Thread.sleep(200);
      open.countDown();
      for (Future<Integer> status : statuses) {
        assertEquals(200, status.get());
      }
    }
    assertEquals(1, fetches());
  }

  /** RFC 7591 §5: a client cannot make this server ask within its own network. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:%d/%s",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]:%d/%s",
        "https://10.0.0.1/keys"
      })
  void internalHostsAreNotAsked(String url) {
    serve(first);
    TestClient client =
        ClientBuilder.machine(server)
            .authMethod("private_key_jwt")
            .option("jwks_uri", url.formatted(site.port(), path.substring(1)))
            .register();

    HttpResponse<String> response =
        new Http(server)
            .form("/oauth2/token", new Assertion(server, client.clientId(), first).in(OWN));

    assertEquals("invalid_client", Http.body(401, response).get("error").asText());
    assertFalse(response.body().contains("internal"), response.body());
    assertEquals(0, fetches());
  }

  private void serve(TestKey... keys) {
    site.serve(path, "application/json", TestKey.document(keys));
  }

  private TestClient client() {
    return ClientBuilder.machine(server)
        .authMethod("private_key_jwt")
        .option("jwks_uri", site.url(path))
        .register();
  }

  private int fetches() {
    return site.visits(path).size();
  }

  private static int authenticate(TestClient client, TestKey key) {
    return new Http(server)
        .form("/oauth2/token", new Assertion(server, client.clientId(), key).in(OWN))
        .statusCode();
  }
}
