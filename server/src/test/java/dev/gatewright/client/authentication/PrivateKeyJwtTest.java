package dev.gatewright.client.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Assertion;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestClock;
import dev.gatewright.TestKey;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.key.TestSigner;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code private_key_jwt}: RFC 7523 §3, OpenID Connect Core §9. */
class PrivateKeyJwtTest {
  private static final Map<String, String> OWN = Map.of("grant_type", "client_credentials");
  private static final TestClock CLOCK = new TestClock();

  private static TestServer server;
  private static TestKey key;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
    key = TestKey.of("ES256", "ec");
    client = signer(key).resourceServer().register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ClientBuilder signer(TestKey... keys) {
    return ClientBuilder.machine(server)
        .authMethod("private_key_jwt")
        .option("jwks", TestKey.jwks(keys));
  }

  private static Assertion assertion() {
    return new Assertion(server, client.clientId(), key);
  }

  @Test
  void aClientThatSignsHasNoSecret() {
    assertEquals("", client.secret());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
  void everyAlgorithmOfTheMetadataIsTaken(String alg) {
    TestKey own = TestKey.of(alg, "own");
    TestClient signer = signer(own).register();

    assertTaken(new Assertion(server, signer.clientId(), own).in(OWN));

    JsonNode metadata = Http.body(200, new Http(server).get("/.well-known/openid-configuration"));
    for (String endpoint : new String[] {"token", "revocation", "introspection"}) {
      assertTrue(
          texts(metadata.get(endpoint + "_endpoint_auth_methods_supported"))
              .contains("private_key_jwt"));
      assertTrue(
          texts(metadata.get(endpoint + "_endpoint_auth_signing_alg_values_supported"))
              .contains(alg));
    }
  }

  /** RFC 7521 §4.2: {@code client_id} is unnecessary, but if it is there, it is the same. */
  @Test
  void clientIdMayBeSentAndMustBeTheSame() {
    assertTaken(assertion().in(Map.of("grant_type", "client_credentials", "client_id", "")));
    assertTaken(assertion().in(with(OWN, "client_id", client.clientId())));
    TestClient other = signer(key).register();
    assertInvalidClient(assertion().in(with(OWN, "client_id", other.clientId())));
    assertInvalidClient(assertion().in(with(OWN, "client_id", "no-such-client")));
  }

  @Test
  void itIsTakenAtRevocationAndIntrospectionToo() {
    Tokens tokens = Tokens.of(post("/oauth2/token", assertion().in(OWN)));
    Map<String, String> token = Map.of("token", tokens.access());

    JsonNode live = Http.body(200, post("/oauth2/introspect", assertion().in(token)));
    assertTrue(live.get("active").asBoolean());
    assertEquals(200, post("/oauth2/revoke", assertion().in(token)).statusCode());
    JsonNode dead = Http.body(200, post("/oauth2/introspect", assertion().in(token)));
    assertFalse(dead.get("active").asBoolean());

    String wrong = assertion().with("exp", 1).sign();
    for (String endpoint : new String[] {"/oauth2/revoke", "/oauth2/introspect"}) {
      assertInvalidClient(post(endpoint, Assertion.in(token, wrong)));
    }
  }

  @Test
  void theCodeFlowOfAWebClientWorks() {
    TestClient web =
        ClientBuilder.web(server)
            .authMethod("private_key_jwt")
            .option("jwks", TestKey.jwks(key))
            .register();
    CodeFlow flow = web.flow().with("scope", "openid offline_access");
    String code = flow.code(new TestUsers(server).user());

    Tokens first =
        Tokens.of(
            post(
                "/oauth2/token",
                new Assertion(server, web.clientId(), key).in(flow.redemption(code))));
    Tokens second =
        Tokens.of(
            post(
                "/oauth2/token",
                new Assertion(server, web.clientId(), key)
                    .in(Map.of("grant_type", "refresh_token", "refresh_token", first.refresh()))));
    assertFalse(second.access().isEmpty());
  }

  /** Neither with nothing, nor as a public client, nor by any secret. */
  @Test
  void nothingElseAuthenticatesTheClient() {
    assertInvalidClient(with(OWN, "client_id", client.clientId()));
    assertInvalidClient(with(OWN, "client_id", client.clientId(), "client_secret", "secret"));
    assertInvalidClient(
        new Http(server)
            .form("/oauth2/token", OWN, "Authorization", TestClient.basic(client.clientId(), "")));
  }

  /** The method of the registration and no other (RFC 7591 §2). */
  @Test
  void aClientOfAnotherMethodIsNotAuthenticatedByItsKeys() {
    TestClient bySecret =
        ClientBuilder.machine(server).option("jwks", TestKey.jwks(key)).register();
    TestClient none = ClientBuilder.nativeApp(server).option("jwks", TestKey.jwks(key)).register();

    assertInvalidClient(new Assertion(server, bySecret.clientId(), key).in(OWN));
    assertInvalidClient(new Assertion(server, none.clientId(), key).in(OWN));
    assertInvalidClient(new Assertion(server, "gatewright-login", key).in(OWN));
  }

  /** OpenID Connect Core §9; RFC 7523 §3, item 3. */
  @Test
  void theAudienceIsTheIssuerOrTheTokenEndpoint() {
    String issuer = server.issuer();
    for (Object audience :
        List.of(
            issuer,
            issuer + "/oauth2/token",
            List.of(issuer),
            List.of(issuer + "/oauth2/token", issuer))) {
      assertTaken(assertion().with("aud", audience).in(OWN));
    }
  }

  /** An assertion that another server could use, or has, is no proof here. */
  @Test
  void anAudienceThatIsNotThisServerAloneIsRefused() {
    String issuer = server.issuer();
    for (Object audience :
        List.of(
            "",
            List.of(),
            List.of(issuer, "https://other.example"),
            "https://other.example/oauth2/token",
            issuer + "/",
            issuer + "/oauth2/token/",
            issuer + "/oauth2/auth",
            issuer.toUpperCase(java.util.Locale.ROOT),
            client.clientId(),
            1,
            List.of(1),
            List.of(List.of(issuer)),
            Map.of("aud", issuer))) {
      assertInvalidClient(assertion().with("aud", audience).in(OWN));
    }
    assertInvalidClient(assertion().with("aud", null).in(OWN));
    assertInvalidClient(
        post(
            "/oauth2/revoke",
            assertion().with("aud", issuer + "/oauth2/revoke").in(Map.of("token", "x"))));
  }

  @Test
  void issuerAndSubjectAreTheClient() {
    for (String claim : new String[] {"iss", "sub"}) {
      for (Object value : Arrays.asList(null, "", "another", 1, List.of(client.clientId()))) {
        assertInvalidClient(assertion().with(claim, value).in(OWN));
      }
    }
    assertInvalidClient(assertion().with("iss", "nobody").with("sub", "nobody").in(OWN));
  }

  /** RFC 7523 §3, items 4 to 6, with 60 seconds for clocks that differ. */
  @Test
  void itIsGoodForItsTimeAndAMinuteOfClockSkewAtMost() {
    long now = CLOCK.instant().getEpochSecond();
    assertTaken(assertion().with("exp", now - 59).in(OWN));
    assertInvalidClient(assertion().with("exp", now - 60).in(OWN));
    assertTaken(assertion().with("exp", now + 3660).in(OWN));
    assertInvalidClient(assertion().with("exp", now + 3661).in(OWN));
    for (String claim : new String[] {"nbf", "iat"}) {
      assertTaken(assertion().with(claim, now + 60).in(OWN));
      assertInvalidClient(assertion().with(claim, now + 61).in(OWN));
      assertTaken(assertion().with(claim, null).in(OWN));
    }
    assertTaken(assertion().with("iat", 0).in(OWN));
  }

  @Test
  void itsTimesAreNumbersAndExpIsThere() {
    for (Object value :
        Arrays.asList(
            null,
            "",
            "1e9",
            String.valueOf(CLOCK.instant().getEpochSecond() + 60),
            -1,
            Long.MAX_VALUE,
            1e300,
            true,
            List.of(1),
            Map.of())) {
      assertInvalidClient(assertion().with("exp", value).in(OWN));
    }
    for (Object value : List.of("", "soon", -1, 1e300, List.of())) {
      assertInvalidClient(assertion().with("iat", value).in(OWN));
      assertInvalidClient(assertion().with("nbf", value).in(OWN));
    }
    assertTaken(assertion().with("exp", CLOCK.instant().getEpochSecond() + 60.5).in(OWN));
  }

  /** RFC 7523 §3, item 7: one {@code jti}, one request. */
  @Test
  void itIsGoodForOneRequest() {
    Map<String, String> form = assertion().in(OWN);
    assertTaken(form);
    assertInvalidClient(form);
    CLOCK.advance(Duration.ofSeconds(100));
    assertInvalidClient(form);

    Map<String, String> elsewhere = assertion().in(Map.of("token", "x"));
    assertEquals(200, post("/oauth2/revoke", elsewhere).statusCode());
    assertInvalidClient(
        with(
            OWN,
            "client_assertion_type",
            Assertion.TYPE,
            "client_assertion",
            elsewhere.get("client_assertion")));
  }

  @Test
  void theSameJtiIsRefusedInAnotherAssertionOfTheClientAndNotOfAnother() {
    TestClient other = signer(key).register();
    assertTaken(assertion().with("jti", "shared").in(OWN));
    assertInvalidClient(assertion().with("jti", "shared").with("iat", null).in(OWN));
    assertTaken(new Assertion(server, other.clientId(), key).with("jti", "shared").in(OWN));
    assertTaken(assertion().with("jti", "SHARED").in(OWN));
    assertTaken(assertion().with("jti", "shared ").in(OWN));
  }

  @Test
  void aRequestThatFailsLaterHasUsedItUp() {
    Map<String, String> form =
        assertion().in(Map.of("grant_type", "authorization_code", "code", "no-such-code"));
    assertEquals(400, post("/oauth2/token", form).statusCode());
    assertInvalidClient(form);
  }

  @Test
  void anAssertionThatIsRefusedUsesNothingUp() {
    assertInvalidClient(assertion().with("jti", "kept").with("aud", "other").in(OWN));
    TestKey forger = TestKey.of("ES256", key.kid());
    assertInvalidClient(
        new Assertion(server, client.clientId(), forger).with("jti", "kept").in(OWN));
    assertTaken(assertion().with("jti", "kept").in(OWN));
  }

  @Test
  void jtiIsRequired() {
    for (Object value : Arrays.asList(null, "", 1, List.of("1"), Map.of())) {
      assertInvalidClient(assertion().with("jti", value).in(OWN));
    }
  }

  @Test
  void theSignatureIsByAKeyOfTheClient() {
    TestKey forger = TestKey.of("ES256", key.kid());
    assertInvalidClient(new Assertion(server, client.clientId(), forger).in(OWN));
    String[] parts = assertion().sign().split("\\.");
    String[] other = assertion().with("exp", 1).sign().split("\\.");
    assertInvalidClient(Assertion.in(OWN, parts[0] + "." + other[1] + "." + parts[2]));
    assertInvalidClient(Assertion.in(OWN, parts[0] + "." + parts[1] + "."));
    assertInvalidClient(
        Assertion.in(
            OWN,
            parts[0] + "." + parts[1] + "." + Base64.getUrlEncoder().encodeToString(new byte[64])));
  }

  /** RFC 8725 §3.10: nothing in the JWT brings a key. */
  @Test
  void aKeyInTheHeaderIsNotBelieved() {
    TestKey forger = TestKey.of("ES256", "forged");
    Assertion forged = new Assertion(server, client.clientId(), forger);
    assertInvalidClient(forged.withHeader("jwk", forger.jwk()).in(OWN));
    assertInvalidClient(
        forged
            .withHeader("jwk", null)
            .withHeader("jku", "https://forger.example/jwks.json")
            .withHeader("kid", key.kid())
            .in(OWN));
  }

  /** RFC 8725 §3.1. */
  @Test
  void unsignedAndSymmetricAlgorithmsAreRefused() throws Exception {
    assertInvalidClient(Assertion.in(OWN, TestKey.unsigned(assertion().claims())));
    for (String alg : new String[] {"none", "None", "HS256", "HS512", "ES256K", "ES512", "", "x"}) {
      assertInvalidClient(assertion().withHeader("alg", alg).in(OWN));
    }
    assertInvalidClient(assertion().withHeader("alg", null).in(OWN));
    assertInvalidClient(assertion().withHeader("alg", 256).in(OWN));
    TestKey rsa = TestKey.of("RS256", "rsa");
    TestClient signer = signer(rsa).register();
    for (byte[] secret :
        List.of(
            TestKey.json(rsa.jwk()).getBytes(StandardCharsets.UTF_8),
            signer.clientId().getBytes(StandardCharsets.UTF_8),
            new byte[1])) {
      assertInvalidClient(
          Assertion.in(OWN, hmac(secret, new Assertion(server, signer.clientId(), rsa).claims())));
    }
  }

  @Test
  void theAlgorithmFitsTheKey() {
    TestKey rsa = TestKey.of("RS256", "rsa");
    TestKey pss = new TestKey("PS256", rsa.jwk(), rsa.privateKey());
    TestClient any = signer(rsa).register();
    assertTaken(new Assertion(server, any.clientId(), rsa).in(OWN));
    assertTaken(new Assertion(server, any.clientId(), pss).in(OWN));
    assertInvalidClient(
        new Assertion(server, any.clientId(), rsa).withHeader("alg", "ES256").in(OWN));

    TestClient one = signer(rsa.with("alg", "RS256")).register();
    assertTaken(new Assertion(server, one.clientId(), rsa).in(OWN));
    assertInvalidClient(new Assertion(server, one.clientId(), pss).in(OWN));
  }

  /** OpenID Connect Registration §2, {@code token_endpoint_auth_signing_alg}. */
  @Test
  void theRegisteredAlgorithmIsTheOnlyOne() {
    TestKey rsa = TestKey.of("RS256", "rsa");
    TestClient signer =
        signer(key, rsa).option("token_endpoint_auth_signing_alg", "ES256").register();
    assertTaken(new Assertion(server, signer.clientId(), key).in(OWN));
    assertInvalidClient(new Assertion(server, signer.clientId(), rsa).in(OWN));
  }

  /** RFC 7517 §4.2, §4.3, §4.5. */
  @Test
  void theKeyIsTheOneThatTheHeaderNamesAndMadeForSignatures() {
    TestKey second = TestKey.of("ES256", "second");
    TestClient signer = signer(key, second).register();
    String id = signer.clientId();
    assertTaken(new Assertion(server, id, second).in(OWN));
    assertTaken(new Assertion(server, id, second).withHeader("kid", null).in(OWN));
    assertInvalidClient(new Assertion(server, id, second).withHeader("kid", key.kid()).in(OWN));
    assertInvalidClient(new Assertion(server, id, second).withHeader("kid", "unknown").in(OWN));

    for (TestKey unfit :
        List.of(
            second.with("use", "enc"),
            second.with("key_ops", List.of("encrypt")),
            second.with("alg", "ECDH-ES"))) {
      TestClient encrypter = signer(unfit).register();
      assertInvalidClient(new Assertion(server, encrypter.clientId(), second).in(OWN));
    }
    for (TestKey fit :
        List.of(
            second.with("use", "sig"),
            second.with("key_ops", List.of("verify")),
            second.with("alg", "ES256"))) {
      TestClient verified = signer(fit).register();
      assertTaken(new Assertion(server, verified.clientId(), second).in(OWN));
    }
  }

  /** RFC 8725 §3.11, §2.8: what was signed for something else is no assertion. */
  @Test
  void jwtsThatAreSomethingElseAreRefused() {
    for (String type : new String[] {"JWT", "jwt", "client-authentication+jwt"}) {
      assertTaken(assertion().withHeader("typ", type).in(OWN));
    }
    for (String type :
        new String[] {"oauth-authz-req+jwt", "at+jwt", "dpop+jwt", "logout+jwt", "JOSE", "x"}) {
      assertInvalidClient(assertion().withHeader("typ", type).in(OWN));
    }
    assertInvalidClient(assertion().withHeader("crit", List.of("exp")).in(OWN));
    assertInvalidClient(
        assertion().withHeader("crit", List.of("b64")).withHeader("b64", false).in(OWN));
  }

  /** This server's keys are everyone's to register, and its tokens everyone's to present. */
  @Test
  void tokensOfThisServerAreNoAssertionsOfAClientThatRegistersItsKeys() {
    TestSigner signer = new TestSigner(server);
    Map<String, Object> stolen =
        Map.of(
            "keys",
            Stream.of(SigningAlgorithm.values())
                .map(alg -> signer.publicKey(alg).toJSONObject())
                .toList());
    TestClient thief =
        ClientBuilder.web(server)
            .authMethod("private_key_jwt")
            .grantTypes("authorization_code", "client_credentials")
            .option("jwks", stolen)
            .register();
    TestClient web = ClientBuilder.web(server).register();
    Tokens tokens = web.flow().tokens(new TestUsers(server).user());

    for (String token : List.of(tokens.access(), tokens.id())) {
      assertInvalidClient(Assertion.in(OWN, token));
      assertInvalidClient(Assertion.in(with(OWN, "client_id", thief.clientId()), token));
    }
  }

  @Test
  void anAssertionBesideAnotherMethodIsRefused() {
    Map<String, String> both = with(assertion().in(OWN), "client_secret", "secret");
    assertEquals("invalid_request", error(400, post("/oauth2/token", both)));
    assertEquals(
        "invalid_request",
        error(
            400,
            new Http(server)
                .form(
                    "/oauth2/token",
                    assertion().in(OWN),
                    "Authorization",
                    TestClient.basic(client.clientId(), "secret"))));
    TestClient bySecret = ClientBuilder.machine(server).register();
    assertEquals(
        "invalid_request",
        error(
            400,
            new Http(server)
                .form("/oauth2/token", assertion().in(OWN), bySecret.authentication())));
  }

  @Test
  void anAssertionInTheQueryIsRefused() {
    assertEquals(
        "invalid_request",
        error(
            400,
            post(
                "/oauth2/token?client_assertion_type="
                    + Assertion.TYPE
                    + "&client_assertion="
                    + assertion().sign(),
                OWN)));
    assertEquals(
        "invalid_request",
        error(
            400,
            post("/oauth2/token?client_assertion=" + assertion().sign(), assertion().in(OWN))));
  }

  @Test
  void theTypeOfTheAssertionIsJwtBearer() {
    String assertion = assertion().sign();
    assertInvalidClient(with(OWN, "client_assertion", assertion));
    assertInvalidClient(with(OWN, "client_assertion_type", Assertion.TYPE));
    assertInvalidClient(
        with(
            OWN,
            "client_assertion",
            assertion,
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"));
    assertTaken(Assertion.in(OWN, assertion));
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void garbageIsInvalidClient(String assertion) {
    assertInvalidClient(Assertion.in(OWN, assertion));
  }

  private static List<String> garbage() {
    String[] parts = assertion().sign().split("\\.");
    List<String> garbage =
        new ArrayList<>(
            List.of(
                "x",
                ".",
                "..",
                "...",
                "a.b.c",
                "eyJhbGciOiJFUzI1NiJ9..",
                parts[0] + ".." + parts[2],
                parts[0] + "." + parts[1],
                "." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2],
                parts[0] + "." + parts[1] + "." + parts[2] + "..",
                " " + String.join(" . ", parts),
                "a".repeat(20_000),
                "a".repeat(100_000),
                "\u00e4.\u00e4.\u00e4"));
    for (String payload :
        new String[] {
          "null",
          "[]",
          "1",
          "\"text\"",
          "{",
          "",
          "{\"iss\":",
          "[".repeat(5000),
          "{\"a\":".repeat(2000),
          "{\"iss\":null,\"sub\":null}",
          "{\"sub\":\"%s\",\"sub\":\"%s\"}".formatted(client.clientId(), client.clientId())
        }) {
      garbage.add(key.sign(Map.of("alg", "ES256", "kid", key.kid()), payload));
    }
    for (String header : new String[] {"null", "[]", "{}", "{\"alg\":null}", "{\"alg\":[]}"}) {
      garbage.add(TestKey.base64(header) + "." + parts[1] + "." + parts[2]);
    }
    return garbage;
  }

  /** What is wrong is for the log alone: every refusal looks the same (RFC 6749 §5.2). */
  @Test
  void refusalsAreOneAnswer() {
    HttpResponse<String> unknown =
        post("/oauth2/token", new Assertion(server, "no-such-client", key).in(OWN));
    for (Assertion wrong :
        List.of(
            assertion().with("aud", "https://other.example"),
            assertion().with("exp", 1),
            new Assertion(server, client.clientId(), TestKey.of("ES256", key.kid())))) {
      HttpResponse<String> refusal = post("/oauth2/token", wrong.in(OWN));
      assertEquals(unknown.body(), refusal.body());
      assertEquals(unknown.statusCode(), refusal.statusCode());
    }
  }

  @Test
  void aClientThatChangesToASecretIsNoLongerAuthenticatedByItsKeysAndTheOtherWayRound() {
    // by the API, as an administrator would
    TestUsers users = new TestUsers(server);
    Http http = new Http(server);
    String administrator = users.bearer(users.administrator());
    TestClient changing = ClientBuilder.machine(server).register();
    String path = "/api/clients/" + changing.clientId();

    HttpResponse<String> without =
        http.json(
            "PATCH",
            path,
            "{\"token_endpoint_auth_method\":\"private_key_jwt\"}",
            "Authorization",
            administrator);
    assertEquals("jwks", Http.body(400, without).get("errors").get(0).get("field").asText());
    HttpResponse<String> changed =
        http.json(
            "PATCH",
            path,
            TestKey.json(
                Map.of("token_endpoint_auth_method", "private_key_jwt", "jwks", TestKey.jwks(key))),
            "Authorization",
            administrator);
    assertEquals(200, changed.statusCode(), changed.body());
    assertTaken(new Assertion(server, changing.clientId(), key).in(OWN));
    assertEquals(401, changing.token(OWN).statusCode());
    assertEquals(
        400, http.json("POST", path + "/secret", "", "Authorization", administrator).statusCode());

    http.json(
        "PATCH", path, "{\"token_endpoint_auth_method\":null}", "Authorization", administrator);
    assertInvalidClient(new Assertion(server, changing.clientId(), key).in(OWN));
    assertEquals(401, changing.token(OWN).statusCode(), "the old secret stays gone");
  }

  private static String hmac(byte[] secret, Map<String, Object> claims)
      throws GeneralSecurityException {
    String input =
        TestKey.base64("{\"alg\":\"HS256\",\"kid\":\"rsa\"}")
            + "."
            + TestKey.base64(TestKey.json(claims));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return input
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
  }

  private static HttpResponse<String> post(String path, Map<String, String> form) {
    return new Http(server).form(path, form);
  }

  private static void assertTaken(Map<String, String> form) {
    HttpResponse<String> response = post("/oauth2/token", form);
    assertEquals(200, response.statusCode(), response.body());
  }

  private static void assertInvalidClient(Map<String, String> form) {
    assertInvalidClient(post("/oauth2/token", form));
  }

  private static void assertInvalidClient(HttpResponse<String> response) {
    assertEquals("invalid_client", error(401, response));
  }

  private static String error(int status, HttpResponse<String> response) {
    return Http.body(status, response).get("error").asText();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Map<String, String> with(Map<String, String> form, String... more) {
    Map<String, String> all = new LinkedHashMap<>(form);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }
}
