package dev.gatewright.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.RequestObject;
import dev.gatewright.TestClient;
import dev.gatewright.TestKey;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.TlsSite;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request objects by reference, where that is switched on: RFC 9101 §5.2, §10.4. */
class RequestUriTest {
  private static final String MEDIA_TYPE = "application/oauth-authz-req+jwt";
  private static final AtomicInteger PATHS = new AtomicInteger();

  private static TlsSite site;
  private static TestServer server;
  private static TestKey key;
  private static Browser loggedIn;

  private final String path = "/request/" + PATHS.incrementAndGet();
  private TestClient web;

  @BeforeAll
  static void start() {
    site = TlsSite.start();
    Map<String, Object> configuration = new HashMap<>(site.trusted());
    configuration.put("gatewright.request-uri.enabled", true);
    server = TestServer.start(configuration);
    key = TestKey.of("RS256", "rsa");
    loggedIn = new Browser(server).logIn(new TestUsers(server).user());
  }

  @AfterAll
  static void stop() {
    server.close();
    site.close();
  }

  @BeforeEach
  void register() {
    web = client(site.url(path)).register();
  }

  private static ClientBuilder client(String... requestUris) {
    return ClientBuilder.web(server)
        .option("jwks", TestKey.jwks(key))
        .option("request_uris", requestUris);
  }

  @Test
  void theMetadataSaysSo() {
    JsonNode metadata = Http.body(200, loggedIn.get("/.well-known/openid-configuration"));
    assertTrue(metadata.get("request_uri_parameter_supported").asBoolean());
    assertTrue(metadata.get("require_request_uri_registration").asBoolean());
  }

  /** {@code oidcc-request-uri-signed-rs256}. */
  @ParameterizedTest
  @ValueSource(strings = {MEDIA_TYPE, "application/jwt", "application/jwt;charset=UTF-8"})
  void aSignedObjectIsFetched(String mediaType) {
    site.serve(path, mediaType, object().with("state", "inside").sign());

    Answer answer = send(site.url(path));

    assertEquals("inside", answer.value("state"));
    assertTrue(answer.has("code"));
    assertEquals(1, site.visits(path).size());
  }

  @Test
  void clientIdAndReferenceAreAllThatIsNeeded() {
    site.serve(path, MEDIA_TYPE, object().sign());
    CodeFlow flow = web.flow().only("client_id").with("request_uri", site.url(path));
    assertTrue(Answer.of(flow.send(loggedIn)).has("code"));
  }

  /** OpenID Connect Core §6.2: the fragment tells versions apart and is not sent. */
  @Test
  void theFragmentDoesNotCount() {
    site.serve(path, MEDIA_TYPE, object().sign());
    assertTrue(send(site.url(path) + "#version-2").has("code"));
    TestClient other = client(site.url(path) + "#version-1").register();
    site.serve(path, MEDIA_TYPE, new RequestObject(other, key).sign());
    assertTrue(
        Answer.of(other.flow().with("request_uri", site.url(path)).send(loggedIn)).has("code"));
  }

  @Test
  void onlyARegisteredUriIsFetched() {
    site.serve(path, MEDIA_TYPE, object().sign());
    for (String uri :
        new String[] {
          site.url(path) + "/",
          site.url(path) + "?x",
          site.url("/other"),
          site.url("/request/../" + path),
          "https://LOCALHOST:" + site.port() + path,
          "http://localhost:" + site.port() + path,
          "https://127.0.0.1:" + site.port() + path,
          "http://169.254.169.254/latest/meta-data",
          "file:///etc/passwd",
          "x",
          "#"
        }) {
      assertEquals("invalid_request_uri", send(uri).value("error"), uri);
    }
    assertEquals(0, site.visits(path).size());
    TestClient other = client().register();
    assertEquals(
        "invalid_request_uri",
        Answer.of(other.flow().with("request_uri", site.url(path)).send(loggedIn)).value("error"));
  }

  @Test
  void whatCannotBeFetchedIsInvalidAndTheReasonIsNotTold() {
    site.serve(path, "text/html", object().sign());
    Answer wrongType = send(site.url(path));
    assertEquals("invalid_request_uri", wrongType.value("error"));
    site.serve(path, exchange -> TlsSite.answer(exchange, 500, ""));
    assertEquals("invalid_request_uri", send(site.url(path)).value("error"));
    site.remove(path);
    assertEquals("invalid_request_uri", send(site.url(path)).value("error"));

    TestClient inward = client("https://10.0.0.1/request.jwt").register();
    Answer refused =
        Answer.of(inward.flow().with("request_uri", "https://10.0.0.1/request.jwt").send(loggedIn));
    assertEquals("invalid_request_uri", refused.value("error"));
    assertEquals(wrongType.value("error_description"), refused.value("error_description"));
  }

  @Test
  void anObjectThatIsNotTheClientsIsRefused() {
    site.serve(path, MEDIA_TYPE, new RequestObject(web, TestKey.of("RS256", "rsa")).sign());
    assertEquals("invalid_request_object", send(site.url(path)).value("error"));
    site.serve(path, MEDIA_TYPE, "garbage");
    assertEquals("invalid_request_object", send(site.url(path)).value("error"));
    site.serve(path, MEDIA_TYPE, "");
    assertEquals("invalid_request_object", send(site.url(path)).value("error"));
  }

  /** {@code oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported}. */
  @Test
  void anUnsignedObjectIsNotSupported() {
    site.serve(path, MEDIA_TYPE, TestKey.unsigned(object().members()));
    Answer answer = send(site.url(path));
    assertEquals("request_uri_not_supported", answer.value("error"));
    assertFalse(answer.has("code"));
  }

  private RequestObject object() {
    return new RequestObject(web, key);
  }

  private Answer send(String requestUri) {
    return Answer.of(web.flow().with("request_uri", requestUri).send(loggedIn));
  }
}
