package dev.gatewright.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.gatewright.TlsSite;
import dev.gatewright.outbound.OutboundException.Reason;
import dev.gatewright.settings.OutboundSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9101 §10.4, RFC 7591 §5: what clients name is fetched under guard. */
@Timeout(60)
class OutboundTest {
  private static final Set<String> JSON = Set.of("application/json");
  private static final Duration LONG = Duration.ofSeconds(20);

  private static TlsSite site;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Names names = new Names();

  @BeforeAll
  static void start() {
    site = TlsSite.start();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  @Test
  void aDocumentOfAnAllowedHostIsFetched() throws Exception {
    site.serve("/keys", "application/json; charset=utf-8", "{\"ä\":1}");

    Document document = trusting("localhost").get(site.url("/keys"), JSON);

    assertEquals("{\"ä\":1}", document.text());
    assertNull(document.maxAge());
  }

  @Test
  void theRequestCarriesNothingButItself() throws Exception {
    site.serve("/plain", "application/json", "{}");

    trusting("localhost").get(site.url("/plain?a=b%20c"), JSON);

    TlsSite.Visit visit = site.visits("/plain?a=b%20c").getLast();
    assertEquals("GET", visit.method());
    assertEquals(List.of("Gatewright"), visit.headers().get("User-agent"));
    assertEquals(
        Set.of("Host", "User-agent", "Accept", "Accept-encoding", "Connection"),
        visit.headers().keySet());
  }

  @Test
  void aFormIsPostedAndItsStatusTold() throws Exception {
    site.serve("/logout", exchange -> TlsSite.answer(exchange, 204, ""));
    site.serve("/refuses", exchange -> TlsSite.answer(exchange, 400, "no"));
    Outbound outbound = trusting("localhost");

    assertEquals(204, outbound.postForm(site.url("/logout"), Map.of("logout_token", "a+b&ä")));
    assertEquals(400, outbound.postForm(site.url("/refuses"), Map.of()));

    TlsSite.Visit visit = site.visits("/logout").getLast();
    assertEquals("POST", visit.method());
    assertEquals("logout_token=a%2Bb%26%C3%A4", visit.body());
    assertEquals(List.of("application/x-www-form-urlencoded"), visit.headers().get("Content-type"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keys",
        "http://localhost:8443/keys",
        "HTTP://localhost/",
        "ftp://localhost/keys",
        "file:///etc/passwd",
        "https:///keys",
        "https:keys",
        "https://user:secret@localhost/keys",
        "https://localhost@evil.example/keys",
        "https://localhost/keys#part",
        "https://localhost:0/",
        "https://localhost:65536/",
        "https://local host/",
        "https://127.1/",
        "https://localhost/ke\nys",
        "https://l\u00f6calhost/",
        "jar:https://localhost/!/"
      })
  void aUrlThatIsNotPlainHttpsIsNotAsked(String url) {
    refused(Reason.REFUSED, trusting("localhost"), url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1:8443/",
        "https://192.168.0.1/"
      })
  void anInternalAddressIsNotAsked(String url) {
    OutboundException refusal = refused(Reason.REFUSED, untrusting(), url);
    assertTrue(refusal.getMessage().contains("internal"), refusal.getMessage());
  }

  @Test
  void aNameWithAnInternalAddressIsNotAskedAtAll() throws Exception {
    site.serve("/inside", "application/json", "{}");
    names.answers("site.example", "93.184.216.34", "127.0.0.1");

    refused(Reason.REFUSED, untrusting(), "https://site.example:" + site.port() + "/inside");

    assertEquals(List.of(), site.visits("/inside"));
  }

  /** DNS rebinding: a second look-up would have another result, and there is none. */
  @Test
  void theNameIsLookedUpOnceAndThatAddressIsAsked() throws Exception {
    site.serve("/rebound", "application/json", "{}");
    AtomicInteger lookUps = new AtomicInteger();
    names.answer = host -> List.of(lookUps.getAndIncrement() == 0 ? unroutable() : loopback());
    Outbound outbound = outbound(List.of(), TlsSite.authority().toString(), Duration.ofMillis(500));

    String url = "https://site.example:" + site.port() + "/rebound";
    OutboundException failure =
        assertThrows(OutboundException.class, () -> outbound.get(url, JSON));

    assertTrue(
        Set.of(Reason.UNREACHABLE, Reason.TIMED_OUT, Reason.BAD_ANSWER, Reason.UNTRUSTED)
            .contains(failure.reason()),
        failure.getMessage());
    assertEquals(1, lookUps.get());
    assertEquals(List.of(), site.visits("/rebound"));
    refused(Reason.REFUSED, outbound, url);
    assertEquals(List.of(), site.visits("/rebound"));
  }

  @Test
  void anAllowedNameMayBeInternalAndAnotherNameOfTheSameAddressMayNot() throws Exception {
    site.serve("/named", "application/json", "{}");
    names.answers("site.example", "127.0.0.1");
    names.answers("localhost", "127.0.0.1");
    Outbound outbound = trusting("site.example:" + site.port());

    outbound.get("https://SITE.example:" + site.port() + "/named", JSON);
    refused(Reason.REFUSED, outbound, site.url("/named"));
    refused(Reason.REFUSED, outbound, "https://site.example:1/named");
    assertEquals(1, site.visits("/named").size());
  }

  @Test
  void aNameWithoutAddressIsUnreachable() {
    names.answer =
        host -> {
          throw new UnknownHostException(host);
        };
    refused(Reason.UNREACHABLE, untrusting(), "https://nobody.example/");
  }

  @Test
  void aPortThatNobodyListensAtIsUnreachable() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    refused(Reason.UNREACHABLE, trusting("localhost"), "https://localhost:" + port + "/");
  }

  @Test
  void theNextAddressIsTriedWhereNobodyListens() throws Exception {
    site.serve("/second", "application/json", "{}");
    names.answers("site.example", "127.0.0.2", "127.0.0.1");

    Outbound outbound = trusting("site.example");
    assertEquals(
        "{}", outbound.get("https://site.example:" + site.port() + "/second", JSON).text());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreNotFollowed(int status) {
    site.serve("/inner", "application/json", "{}");
    site.serve(
        "/away",
        exchange -> {
          exchange.getResponseHeaders().add("Location", site.url("/inner"));
          TlsSite.answer(exchange, status, "");
        });

    refused(Reason.BAD_ANSWER, trusting("localhost"), site.url("/away"));
    assertEquals(List.of(), site.visits("/inner"));
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    site.serve("/secret", "application/json", "{}");
    Outbound outbound = outbound(List.of("localhost"), null, LONG);

    refused(Reason.UNTRUSTED, outbound, site.url("/secret"));
    assertEquals(List.of(), site.visits("/secret"));
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() {
    site.serve("/impostor", "application/json", "{}");
    names.answers("victim.example", "127.0.0.1");

    refused(
        Reason.UNTRUSTED,
        trusting("victim.example"),
        "https://victim.example:" + site.port() + "/impostor");
    assertEquals(List.of(), site.visits("/impostor"));
  }

  @Test
  void anAddressInTheUrlMustBeInTheCertificate() throws Exception {
    site.serve("/address", "application/json", "{}");
    Outbound outbound = trusting("127.0.0.1", "127.0.0.2", "[::1]");

    outbound.get("https://127.0.0.1:" + site.port() + "/address", JSON);
    names.answers("[::1]", "127.0.0.1");
    refused(Reason.UNTRUSTED, outbound, "https://[::1]:" + site.port() + "/address");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 400, 401, 404, 500})
  void onlyTwoHundredIsADocument(int status) {
    site.serve(
        "/status",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          TlsSite.answer(exchange, status, status == 204 ? "" : "{}");
        });
    refused(Reason.BAD_ANSWER, trusting("localhost"), site.url("/status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/jsonp", "text/plain; application/json", ""})
  void anotherMediaTypeIsRefused(String mediaType) {
    site.serve("/type", mediaType, "{}");
    refused(Reason.BAD_ANSWER, trusting("localhost"), site.url("/type"));
  }

  @Test
  void whatIsNotUtf8OrCompressedIsRefused() {
    site.serve("/latin", exchange -> write(exchange, new byte[] {'"', (byte) 0xE4, '"'}));
    site.serve(
        "/gzip",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          write(exchange, new byte[] {0x1f, (byte) 0x8b});
        });
    refused(Reason.BAD_ANSWER, trusting("localhost"), site.url("/latin"));
    refused(Reason.BAD_ANSWER, trusting("localhost"), site.url("/gzip"));
  }

  @Test
  void aDocumentOfSixtyFourKibibytesIsTakenAndOneByteMoreIsNot() throws Exception {
    site.serve("/full", "application/json", "1".repeat(64 * 1024));
    site.serve("/over", "application/json", "1".repeat(64 * 1024 + 1));

    assertEquals(64 * 1024, trusting("localhost").get(site.url("/full"), JSON).text().length());
    refused(Reason.TOO_LARGE, trusting("localhost"), site.url("/over"));
  }

  @Test
  void anEndlessBodyIsCutOff() {
    site.serve(
        "/endless",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          while (true) {
            body.write(new byte[4096]);
          }
        });
    refused(Reason.TOO_LARGE, trusting("localhost"), site.url("/endless"));
  }

  @Test
  void endlessHeadersAreCutOff() {
    site.serve(
        "/headers",
        exchange -> {
          exchange.getResponseHeaders().add("X-Long", "x".repeat(64 * 1024));
          TlsSite.answer(exchange, 200, "{}");
        });
    refused(Reason.TOO_LARGE, trusting("localhost"), site.url("/headers"));
  }

  @Test
  void aSlowBodyIsGivenUpInTime() {
    site.serve(
        "/slow",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          drip(exchange.getResponseBody());
        });
    assertGivenUp(site.url("/slow"));
  }

  @Test
  void aSilentServerIsGivenUpInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertGivenUp("https://localhost:" + silent.getLocalPort() + "/");
    }
  }

  @Test
  void aSlowLookUpIsGivenUpInTime() {
    CountDownLatch never = new CountDownLatch(1);
    names.answer =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            // as the real one, it comes to an end some time
          }
          throw new UnknownHostException(host);
        };
    assertGivenUp("https://localhost/");
  }

  @Test
  void anAnswerThatBreaksOffIsRefused() {
    site.serve(
        "/broken",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          throw new IOException("as if the connection were cut");
        });
    refused(Reason.BAD_ANSWER, trusting("localhost"), site.url("/broken"));
  }

  @Test
  void whatIsNotHttpIsRefused() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var connection = socket.accept()) {
              connection.getOutputStream().write("220 mail ready\r\n".getBytes());
              connection.getOutputStream().flush();
            } catch (IOException e) {
              // the test is over
            }
          });
      OutboundException failure =
          assertThrows(
              OutboundException.class,
              () ->
                  trusting("localhost")
                      .get("https://localhost:" + socket.getLocalPort() + "/", JSON));
      assertTrue(
          Set.of(Reason.UNTRUSTED, Reason.BAD_ANSWER).contains(failure.reason()),
          failure.getMessage());
    }
  }

  @Test
  void cacheControlIsTold() throws Exception {
    assertEquals(Duration.ofSeconds(60), maxAge("public, max-age=60"));
    assertEquals(Duration.ofSeconds(60), maxAge("Max-Age=\"60\""));
    assertEquals(Duration.ZERO, maxAge("max-age=60, no-store"));
    assertEquals(Duration.ZERO, maxAge("no-cache"));
    assertNull(maxAge("s-maxage=60"));
    assertNull(maxAge("max-age=x"));
  }

  @Test
  void tooManyAtOnceAreTurnedAway() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    names.answer =
        host -> {
          try {
            open.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    Outbound outbound = outbound(List.of(), null, LONG);
    List<Future<Reason>> reasons = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Reason> attempt = () -> refusal(outbound, "https://slow.example/").reason();
      for (int i = 0; i < 300; i++) {
        reasons.add(callers.submit(attempt));
      }
      while (reasons.stream().noneMatch(Future::isDone)) {
        Thread.sleep(5);
      }
      open.countDown();
      long busy = 0;
      for (Future<Reason> reason : reasons) {
        busy += reason.get() == Reason.BUSY ? 1 : 0;
      }
      assertTrue(busy >= 1 && busy <= 300 - 232, busy + " were turned away");
    }
  }

  private static Duration maxAge(String cacheControl) throws OutboundException {
    site.serve(
        "/cached",
        exchange -> {
          exchange.getResponseHeaders().add("Cache-Control", cacheControl);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          TlsSite.answer(exchange, 200, "{}");
        });
    OutboundTest test = new OutboundTest();
    return test.trusting("localhost").get(site.url("/cached"), JSON).maxAge();
  }

  private void assertGivenUp(String url) {
    Outbound outbound =
        outbound(List.of("localhost"), TlsSite.authority().toString(), Duration.ofMillis(700));
    long start = System.nanoTime();
    refused(Reason.TIMED_OUT, outbound, url);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertFalse(took.compareTo(Duration.ofSeconds(10)) > 0, "It took " + took);
  }

  private static OutboundException refused(Reason reason, Outbound outbound, String url) {
    OutboundException refusal = refusal(outbound, url);
    assertEquals(reason, refusal.reason(), refusal.getMessage());
    return refusal;
  }

  private static OutboundException refusal(Outbound outbound, String url) {
    return assertThrows(OutboundException.class, () -> outbound.get(url, JSON));
  }

  private static void write(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void drip(OutputStream body) throws IOException {
    try {
      while (true) {
        body.write(' ');
        body.flush();
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An address of the public internet, as far as the guard knows; here it answers nobody. */
  private static InetAddress unroutable() throws UnknownHostException {
    return InetAddress.getByName("93.184.216.34");
  }

  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByName("127.0.0.1");
  }

  private Outbound untrusting() {
    return outbound(List.of(), null, LONG);
  }

  private Outbound trusting(String... hosts) {
    return outbound(List.of(hosts), TlsSite.authority().toString(), LONG);
  }

  private Outbound outbound(List<String> hosts, @Nullable String authority, Duration timeout) {
    OutboundSettings settings = new OutboundSettings(hosts, authority, timeout);
    Connections connections = new Connections(new Trust(settings));
    Outbound outbound = new Outbound(settings, names, connections);
    opened.add(outbound::close);
    opened.add(connections::close);
    return outbound;
  }

  /** The resolver of the tests: what it is told, and otherwise the machine's. */
  private static final class Names extends NameResolution {
    private Lookup answer = super::addresses;

    void answers(String host, String... addresses) {
      Lookup before = answer;
      List<InetAddress> told = new ArrayList<>();
      try {
        for (String address : addresses) {
          told.add(InetAddress.getByName(address));
        }
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(e);
      }
      answer = name -> name.equalsIgnoreCase(host) ? told : before.of(name);
    }

    @Override
    List<InetAddress> addresses(String host) throws UnknownHostException {
      return answer.of(host);
    }
  }

  /** A look-up. */
  private interface Lookup {
    List<InetAddress> of(String host) throws UnknownHostException;
  }
}
