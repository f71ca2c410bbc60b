package dev.gatewright.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Answer;
import dev.gatewright.Assertion;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.RequestObject;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestKey;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.key.TestSigner;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed request objects by value: RFC 9101, OpenID Connect Core §6.1. */
class RequestObjectTest {
  private static final String OTHER_URI = "https://client.example/other";
  private static final TestClock CLOCK = new TestClock();

  private static TestServer server;
  private static TestKey key;
  private static TestClient web;
  private static User user;
  private static Browser loggedIn;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
    key = TestKey.of("ES256", "ec");
    web = client(key).redirectUris("https://client.example/callback", OTHER_URI).register();
    user = new TestUsers(server).user();
    loggedIn = new Browser(server).logIn(user);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ClientBuilder client(TestKey... keys) {
    return ClientBuilder.web(server).option("jwks", TestKey.jwks(keys));
  }

  private static RequestObject object() {
    return new RequestObject(web, key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
  void everyAlgorithmOfTheMetadataIsTaken(String alg) {
    TestKey own = TestKey.of(alg, "own");
    TestClient signer = client(own).register();

    assertTrue(send(new RequestObject(signer, own).alone()).has("code"));

    JsonNode metadata = Http.body(200, loggedIn.get("/.well-known/openid-configuration"));
    assertTrue(metadata.get("request_parameter_supported").asBoolean());
    assertTrue(
        metadata.get("request_object_signing_alg_values_supported").toString().contains(alg));
    assertFalse(metadata.get("request_uri_parameter_supported").asBoolean());
    assertFalse(metadata.has("require_request_uri_registration"));
  }

  /** RFC 9101 §5: {@code client_id} and the object are all that is needed. */
  @Test
  void theObjectAloneIsAWholeRequest() {
    Answer answer = send(object().with("state", "inside").alone());

    assertEquals("inside", answer.value("state"));
    assertEquals(server.issuer(), answer.value("iss"));
    Tokens tokens = Tokens.of(web.token(web.flow().redemption(answer.value("code"))));
    assertEquals("nonce-of-the-tests", Tokens.claims(tokens.id()).get("nonce").asText());
  }

  @Test
  void itIsTheSameByPostAndWithLoginAndConsentInBetween() {
    TestClient asking = client(key).withConsent().register();
    CodeFlow flow = new RequestObject(asking, key).alone();
    Browser browser = new Browser(server);
    HttpResponse<String> posted = browser.http().form("/oauth2/auth", flow.parameters());

    Answer answer = Answer.of(browser.finish(posted, user));
    assertEquals(CodeFlow.STATE, answer.value("state"));
    assertEquals(200, web(asking, answer).statusCode());
  }

  private static HttpResponse<String> web(TestClient client, Answer answer) {
    return client.token(client.flow().redemption(answer.value("code")));
  }

  /** What the pages come back with is the request as it was verified, not the object again. */
  @Test
  void anObjectThatExpiresDuringTheLoginWasInTime() {
    long now = CLOCK.instant().getEpochSecond();
    TestClient other = client(key).register();
    CodeFlow flow = new RequestObject(other, key).with("exp", now + 60).alone();
    Browser browser = new Browser(server);
    HttpResponse<String> first = flow.send(browser);
    CLOCK.advance(Duration.ofMinutes(5));

    assertTrue(Answer.of(browser.finish(first, user)).has("code"));
    assertEquals("invalid_request_object", send(flow).value("error"));
  }

  /**
   * OpenID Connect Core §6.1, {@code oidcc-ensure-request-object-with-redirect-uri}: what is inside
   * goes before what is beside.
   */
  @Test
  void insideGoesBeforeBeside() {
    Answer answer =
        send(
            object()
                .with("redirect_uri", OTHER_URI)
                .with("state", "inside")
                .beside()
                .with("redirect_uri", "https://evil.example/callback")
                .with("state", "beside"));

    assertTrue(answer.location().startsWith(OTHER_URI), answer.location());
    assertEquals("inside", answer.value("state"));
  }

  /** OpenID Connect Core §6.1: what varies may stand beside an object that was signed once. */
  @Test
  void anOpenIdRequestIsCompletedFromBeside() {
    Answer answer = send(object().only("iss", "aud", "scope").beside());
    assertEquals(CodeFlow.STATE, answer.value("state"));
    assertTrue(answer.has("code"));

    CodeFlow silent = object().only("scope").with("prompt", "none").beside();
    Answer asked = Answer.of(silent.with("prompt", "login").send(new Browser(server)));
    assertEquals("login_required", asked.value("error"), "the prompt inside is the one");
  }

  /** RFC 9101 §6.3: without {@code openid} only the object counts. */
  @Test
  void aPlainOAuthRequestIsWhatIsInsideAlone() {
    RequestObject object = object().with("scope", "user:read").with("state", null);
    Answer answer = send(object.beside().with("scope", "openid email").with("state", "beside"));
    assertFalse(answer.has("state"));
    Tokens tokens = Tokens.of(web.token(web.flow().redemption(answer.value("code"))));
    assertEquals("user:read", tokens.scope());

    Answer refused =
        send(object().with("scope", "user:read").with("code_challenge", null).beside());
    assertEquals("invalid_request", refused.value("error"), "the challenge beside does not count");
  }

  /** RFC 9101 §4: numbers are numbers, other values JSON, {@code resource} a list. */
  @Test
  void valuesThatAreNoStringsAreRead() {
    assertTrue(send(object().with("max_age", 3600).alone()).has("code"));
    assertTrue(
        send(object()
                .with(
                    "claims",
                    Map.of("id_token", Map.of("acr", Map.of("essential", true, "n", 1.5))))
                .alone())
            .has("code"));
    assertTrue(send(object().with("resource", server.issuer()).alone()).has("code"));
    assertTrue(send(object().with("resource", List.of(server.issuer())).alone()).has("code"));
    assertEquals(
        "invalid_target",
        send(object().with("resource", List.of(server.issuer(), "https://other.example")).alone())
            .value("error"));
    assertTrue(send(object().with("unheard_of", List.of(1, Map.of())).alone()).has("code"));
  }

  @Test
  void whatIsInsideIsCheckedLikeAnyOther() {
    for (Map.Entry<String, Object> wrong :
        List.<Map.Entry<String, Object>>of(
            Map.entry("max_age", -1),
            Map.entry("max_age", 1.5),
            Map.entry("prompt", List.of("login")),
            Map.entry("prompt", "none login"),
            Map.entry("claims", "no object"),
            Map.entry("claims", List.of()),
            Map.entry("code_challenge_method", "plain"),
            Map.entry("response_mode", "evil"))) {
      assertEquals(
          "invalid_request",
          send(object().with(wrong.getKey(), wrong.getValue()).alone()).value("error"),
          wrong.toString());
    }
    assertEquals(
        "registration_not_supported",
        send(object().with("registration", Map.of()).alone()).value("error"));
    assertEquals(
        "unsupported_response_type",
        send(object().with("response_type", "token").alone()).value("error"));
  }

  /** RFC 9700 §4.1: an object does not make a redirect URI the client's. */
  @Test
  void anUnregisteredRedirectUriInsideIsAPage() {
    HttpResponse<String> response =
        object().with("redirect_uri", "https://evil.example/callback").beside().send(loggedIn);
    assertEquals(400, response.statusCode());
    assertEquals("", Http.header(response, "Location"));
  }

  /** {@code oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported}. */
  @Test
  void anUnsignedObjectIsNotSupported() {
    CodeFlow flow = web.flow().with("request", TestKey.unsigned(object().members()));
    assertEquals("request_not_supported", send(flow).value("error"));
    assertEquals(CodeFlow.STATE, send(flow).value("state"));

    HttpResponse<String> page =
        web.flow()
            .with("redirect_uri", "https://evil.example/")
            .with("request", TestKey.unsigned(object().members()))
            .send(loggedIn);
    assertEquals(400, page.statusCode());
  }

  @Test
  void theSignatureIsByAKeyOfTheClient() {
    TestKey forger = TestKey.of("ES256", key.kid());
    assertRefused(new RequestObject(web, forger).beside());
    String[] parts = object().sign().split("\\.");
    String[] other = object().with("scope", "openid email").sign().split("\\.");
    assertRefused(web.flow().with("request", parts[0] + "." + other[1] + "." + parts[2]));
    assertRefused(web.flow().with("request", parts[0] + "." + parts[1] + "."));
    assertRefused(new RequestObject(web, forger).withHeader("jwk", forger.jwk()).beside());
    TestClient keyless = ClientBuilder.web(server).register();
    assertRefused(new RequestObject(keyless, key).beside());
  }

  /** RFC 8725 §3.1. */
  @Test
  void otherAlgorithmsAreRefused() {
    for (String alg : new String[] {"HS256", "None", "ES512", "RS256"}) {
      assertRefused(object().withHeader("alg", alg).beside());
    }
  }

  /** OpenID Connect Registration §2, {@code request_object_signing_alg}. */
  @Test
  void theRegisteredAlgorithmIsTheOnlyOne() {
    TestKey rsa = TestKey.of("RS256", "rsa");
    TestClient signer = client(key, rsa).option("request_object_signing_alg", "RS256").register();
    assertTrue(send(new RequestObject(signer, rsa).alone()).has("code"));
    assertRefused(new RequestObject(signer, key).beside());
  }

  /** RFC 9101 §6.3, OpenID Connect Core §6.1. */
  @Test
  void clientAndResponseTypeAreThoseBeside() {
    TestClient other = client(key).register();
    assertRefused(object().with("client_id", other.clientId()).beside());
    assertRefused(object().with("client_id", 1).beside());
    assertTrue(send(object().with("client_id", null).beside()).has("code"));
    assertRefused(
        new RequestObject(other, key)
            .beside()
            .with("client_id", web.clientId())
            .with("redirect_uri", web.redirectUri()));
    assertRefused(object().beside().with("response_type", "token"));
    assertTrue(send(object().with("response_type", null).beside()).has("code"));
  }

  @Test
  void issuerAndAudienceAreRightIfTheyAreThere() {
    for (String claim : new String[] {"iss", "aud"}) {
      assertTrue(send(object().with(claim, null).beside()).has("code"));
      for (Object value : List.of("", "another", 1, Map.of())) {
        assertRefused(object().with(claim, value).beside());
      }
    }
    assertTrue(
        send(object().with("aud", List.of("https://other.example", server.issuer())).beside())
            .has("code"));
    assertRefused(object().with("aud", List.of("https://other.example")).beside());
    assertRefused(object().with("aud", server.issuer() + "/oauth2/token").beside());
  }

  @Test
  void itIsGoodForItsTimeAndAMinuteOfClockSkewAtMost() {
    long now = CLOCK.instant().getEpochSecond();
    assertTrue(send(object().with("exp", now - 59).beside()).has("code"));
    assertRefused(object().with("exp", now - 60).beside());
    assertRefused(object().with("exp", "soon").beside());
    for (String claim : new String[] {"nbf", "iat"}) {
      assertTrue(send(object().with(claim, now + 60).beside()).has("code"));
      assertRefused(object().with(claim, now + 61).beside());
    }
  }

  /** RFC 9101 §4. */
  @Test
  void anObjectWithinTheObjectIsRefused() {
    assertRefused(object().with("request", object().sign()).beside());
    assertRefused(object().with("request_uri", "https://client.example/request.jwt").beside());
    assertRefused(object().with("request_uri", "urn:ietf:params:oauth:request_uri:x").beside());
  }

  /** RFC 9101 §10.8, RFC 8725 §2.8: what was signed for something else is no request. */
  @Test
  void jwtsThatAreSomethingElseAreRefused() {
    for (String type : Arrays.asList(null, "JWT", "oauth-authz-req+jwt", "OAUTH-AUTHZ-REQ+JWT")) {
      assertTrue(send(object().withHeader("typ", type).beside()).has("code"));
    }
    for (String type : new String[] {"at+jwt", "client-authentication+jwt", "logout+jwt", "x"}) {
      assertRefused(object().withHeader("typ", type).beside());
    }
    String assertion =
        new Assertion(server, web.clientId(), key).with("aud", server.issuer()).sign();
    assertRefused(web.flow().with("request", assertion));
  }

  @Test
  void tokensOfThisServerAreNoObjectsOfAClientThatRegistersItsKeys() {
    TestSigner signer = new TestSigner(server);
    TestClient thief =
        ClientBuilder.web(server)
            .option(
                "jwks",
                Map.of(
                    "keys",
                    Stream.of(SigningAlgorithm.values())
                        .map(alg -> signer.publicKey(alg).toJSONObject())
                        .toList()))
            .register();
    Tokens tokens = thief.flow().tokens(user);
    assertRefused(thief.flow().with("request", tokens.id()));
    assertRefused(thief.flow().with("request", tokens.access()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "..", "a.b.c", "eyJhbGciOiJFUzI1NiJ9.e30.", "eyJhbGciOiJFUzI1NiJ9.bnVsbA.AA"})
  void garbageIsRefused(String garbage) {
    assertRefused(web.flow().with("request", garbage));
  }

  @Test
  void membersThatNoParameterCanBeAreRefused() {
    assertRefused(object().with("state", "a\u0000b").beside());
    assertRefused(
        web.flow()
            .with(
                "request",
                key.sign(
                    Map.of("alg", "ES256", "kid", key.kid()),
                    "{\"scope\":\"openid\",\"state\":\"\\ud800\"}")));
    for (String payload :
        new String[] {
          "[]", "[[\"scope\",\"openid\"]]", "null", "{", "{\"scope\":\"openid\",\"scope\":\"x\"}"
        }) {
      assertRefused(
          web.flow().with("request", key.sign(Map.of("alg", "ES256", "kid", key.kid()), payload)));
    }
  }

  @Test
  void requestAndRequestUriExcludeEachOtherAndNeitherIsRepeated() {
    assertEquals(
        "invalid_request",
        send(object().beside().with("request_uri", "https://client.example/request.jwt"))
            .value("error"));
    assertEquals(
        "invalid_request",
        send(object().beside().andAlso("request", object().sign())).value("error"));
    assertEquals(
        "invalid_request", send(object().beside().andAlso("nonce", "another")).value("error"));
    assertTrue(send(web.flow().with("request", "")).has("code"), "without a value it is absent");
  }

  /** A waiting request of this server is what was checked before; nothing is added to it. */
  @Test
  void anObjectBesideAWaitingRequestIsNotRead() {
    Browser browser = new Browser(server);
    HttpResponse<String> toLogin = web.flow().send(browser);
    String location = Http.header(toLogin, "Location");
    String query = location.substring(location.indexOf('?'));

    HttpResponse<String> again =
        browser.get("/oauth2/auth" + query + "&request=" + object().with("scope", "x").sign());
    assertNotEquals(400, again.statusCode());
    assertTrue(Answer.of(browser.finish(again, user)).has("code"));
  }

  private static Answer send(CodeFlow flow) {
    return Answer.of(flow.send(loggedIn));
  }

  private static void assertRefused(CodeFlow flow) {
    Answer answer = send(flow);
    assertEquals("invalid_request_object", answer.value("error"));
    assertEquals("The request object is not valid", answer.value("error_description"));
    assertFalse(answer.has("code"));
  }
}
