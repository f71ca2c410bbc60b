package dev.gatewright.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.Answer;
import dev.gatewright.Assertion;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestKey;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.client.ClientAuthMethod;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.Prompt;
import dev.gatewright.oauth.ResponseMode;
import dev.gatewright.token.GrantHandlers;
import dev.gatewright.user.User;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yaml.snakeyaml.Yaml;

/**
 * The metadata tells the truth: whatever it promises is tried, a member that this test does not
 * know how to try fails it, and what the server can do besides is missing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetadataTruthTest {
  private static final String ALL =
      "openid profile email address phone offline_access user:read user:write";

  private final TestServer server = TestServer.start();
  private final Http http = new Http(server);
  private final JsonNode metadata = Http.body(200, http.get("/.well-known/openid-configuration"));
  private final Map<String, Consumer<JsonNode>> members = new HashMap<>();
  private User user;
  private User administrator;

  @BeforeAll
  void sayHowEachMemberIsTried() {
    var users = new TestUsers(server);
    user = users.user();
    administrator = users.administrator();
    endpoints();
    vocabulary();
    algorithms();
    flags();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void whateverIsPromisedIsKept() {
    List<String> unknown = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : metadata.properties()) {
      Consumer<JsonNode> trial = members.get(member.getKey());
      if (trial == null) {
        unknown.add(member.getKey());
      } else {
        trial.accept(member.getValue());
      }
    }
    assertEquals(List.of(), unknown, "This test does not know how to try these");
  }

  @Test
  void bothDocumentsAreTheSame() {
    assertEquals(metadata, Http.body(200, http.get("/.well-known/oauth-authorization-server")));
  }

  @Test
  void nothingThatWorksIsLeftOut() throws IOException {
    assertValues(
        "token_endpoint_auth_methods_supported",
        Arrays.stream(ClientAuthMethod.values()).map(ClientAuthMethod::value));
    assertValues("grant_types_supported", server.bean(GrantHandlers.class).grantTypes().stream());
    assertValues(
        "response_modes_supported", Arrays.stream(ResponseMode.values()).map(ResponseMode::value));
    assertValues("prompt_values_supported", Arrays.stream(Prompt.values()).map(Prompt::value));
    for (String algorithms :
        List.of(
            "id_token_signing_alg_values_supported",
            "userinfo_signing_alg_values_supported",
            "request_object_signing_alg_values_supported",
            "token_endpoint_auth_signing_alg_values_supported")) {
      assertValues(algorithms, SigningAlgorithm.names().stream());
    }
    Set<String> advertised = new TreeSet<>();
    metadata
        .properties()
        .forEach(member -> {
          if (member.getKey().endsWith("_endpoint")) {
            advertised.add(member.getValue().asText().substring(server.issuer().length()));
          }
        });
    assertEquals(endpointsOfTheContract(), advertised);
  }

  /** RFC 9728 §2, §3.3, §5.1. */
  @Test
  void theApiSaysWhoseTokensItTakes() {
    JsonNode api = Http.body(200, http.get("/.well-known/oauth-protected-resource"));
    assertEquals(server.issuer(), api.get("resource").asText());
    assertEquals(List.of(server.issuer()), texts(api.get("authorization_servers")));
    assertTrue(
        texts(metadata.get("scopes_supported")).containsAll(texts(api.get("scopes_supported"))));
    for (String path : List.of("/api/user", "/oauth2/userinfo")) {
      for (HttpResponse<String> refused :
          List.of(http.get(path), http.get(path, "Authorization", "Bearer garbage"))) {
        String challenge = Http.header(refused, "WWW-Authenticate");
        assertEquals(401, refused.statusCode());
        assertTrue(
            challenge.contains(
                ", resource_metadata=\""
                    + server.issuer()
                    + "/.well-known/oauth-protected-resource\""),
            challenge);
        assertEquals(1, refused.headers().allValues("WWW-Authenticate").size());
      }
    }
  }

  private void endpoints() {
    members.put("issuer", value -> assertEquals(server.issuer(), value.asText()));
    members.put("authorization_endpoint", value -> assertEquals(400, get(value).statusCode()));
    members.put(
        "token_endpoint", value -> assertEquals(401, post(value, form("token")).statusCode()));
    members.put(
        "device_authorization_endpoint",
        value ->
            assertEquals(
                200,
                post(value, Map.of("client_id", device().clientId(), "scope", "openid"))
                    .statusCode()));
    members.put("userinfo_endpoint", value -> assertEquals(401, get(value).statusCode()));
    members.put(
        "revocation_endpoint",
        value ->
            assertEquals(
                200,
                post(value, Map.of("client_id", app().clientId(), "token", "x")).statusCode()));
    members.put(
        "introspection_endpoint",
        value -> assertEquals(401, post(value, form("introspection")).statusCode()));
    members.put(
        "registration_endpoint",
        value -> assertEquals(401, http.json("POST", path(value), "{}").statusCode()));
    members.put("end_session_endpoint", value -> assertTrue(get(value).statusCode() < 400));
    members.put("jwks_uri", value -> assertTrue(Http.body(200, get(value)).get("keys").size() > 0));
    members.put("service_documentation", value -> assertTrue(get(value).statusCode() < 400));
  }

  private void vocabulary() {
    members.put(
        "scopes_supported",
        value -> {
          String all = String.join(" ", texts(value));
          TestClient everything = ClientBuilder.web(server).scope(all).register();
          Tokens tokens = everything.flow().with("scope", all).tokens(administrator);
          assertEquals(Set.copyOf(texts(value)), Set.of(tokens.scope().split(" ")));
        });
    members.put("response_types_supported", value -> assertEquals(List.of("code"), texts(value)));
    members.put(
        "response_modes_supported",
        value ->
            texts(value)
                .forEach(mode -> {
                  Browser browser = new Browser(server);
                  HttpResponse<String> end =
                      browser.finish(web().flow().with("response_mode", mode).send(browser), user);
                  assertEquals(mode.equals("query") ? 303 : 200, end.statusCode(), mode);
                }));
    members.put("grant_types_supported", value -> texts(value).forEach(this::tryGrantType));
    members.put(
        "subject_types_supported",
        value ->
            texts(value)
                .forEach(type ->
                    ClientBuilder.web(server)
                        .option("subject_type", type)
                        .register()
                        .flow()
                        .tokens(user)));
    members.put(
        "prompt_values_supported",
        value ->
            texts(value)
                .forEach(prompt -> {
                  Browser browser = new Browser(server).logIn(user);
                  Answer answer =
                      Answer.of(
                          browser.finish(web().flow().with("prompt", prompt).send(browser), user));
                  assertTrue(answer.has("code"), prompt);
                }));
    members.put(
        "acr_values_supported",
        value ->
            texts(value)
                .forEach(acr ->
                    assertEquals(
                        acr,
                        Tokens.claims(web().flow().with("acr_values", acr).tokens(user).id())
                            .get("acr")
                            .asText())));
    members.put("claims_supported", value -> tryClaims(Set.copyOf(texts(value))));
    members.put("claim_types_supported", value -> assertEquals(List.of("normal"), texts(value)));
    members.put(
        "code_challenge_methods_supported",
        value -> {
          assertEquals(List.of("S256"), texts(value));
          app().flow().tokens(user);
        });
    for (String endpoint : List.of("token", "revocation", "introspection")) {
      members.put(
          endpoint + "_endpoint_auth_methods_supported",
          value -> texts(value).forEach(method -> tryAuthMethod(endpoint, method)));
    }
  }

  private void algorithms() {
    members.put(
        "id_token_signing_alg_values_supported",
        value ->
            texts(value)
                .forEach(alg ->
                    assertEquals(
                        alg,
                        algorithm(
                            ClientBuilder.web(server)
                                .idTokenAlg(alg)
                                .register()
                                .flow()
                                .tokens(user)
                                .id()))));
    members.put(
        "userinfo_signing_alg_values_supported",
        value ->
            texts(value)
                .forEach(alg -> {
                  Tokens tokens =
                      ClientBuilder.web(server)
                          .option("userinfo_signed_response_alg", alg)
                          .register()
                          .flow()
                          .tokens(user);
                  assertEquals(alg, algorithm(userInfo(tokens).body()));
                }));
    members.put(
        "request_object_signing_alg_values_supported",
        value -> texts(value).forEach(this::tryRequestObject));
    for (String endpoint : List.of("token", "revocation", "introspection")) {
      members.put(
          endpoint + "_endpoint_auth_signing_alg_values_supported",
          value -> texts(value).forEach(alg -> tryAssertion(endpoint, alg)));
    }
  }

  private void flags() {
    members.put(
        "claims_parameter_supported",
        value -> {
          assertTrue(value.asBoolean());
          Tokens tokens =
              web()
                  .flow()
                  .with("claims", "{\"userinfo\":{\"email\":{\"essential\":true}}}")
                  .tokens(user);
          assertTrue(Http.body(200, userInfo(tokens)).has("email"));
        });
    members.put("request_parameter_supported", value -> assertTrue(value.asBoolean()));
    members.put(
        "request_uri_parameter_supported",
        value -> {
          assertEquals(false, value.asBoolean());
          Answer answer =
              Answer.of(
                  web()
                      .flow()
                      .with("request_uri", "https://client.example/r.jwt")
                      .send(new Browser(server)));
          assertEquals("request_uri_not_supported", answer.value("error"));
        });
    members.put(
        "authorization_response_iss_parameter_supported",
        value -> {
          assertTrue(value.asBoolean());
          assertEquals(
              server.issuer(), web().flow().answer(new Browser(server), user).value("iss"));
        });
    members.put("backchannel_logout_supported", value -> assertTrue(value.asBoolean()));
    members.put(
        "backchannel_logout_session_supported",
        value -> {
          assertTrue(value.asBoolean());
          assertTrue(Tokens.claims(web().flow().tokens(user).id()).has("sid"));
        });
  }

  private void tryGrantType(String grantType) {
    switch (grantType) {
      case GrantType.AUTHORIZATION_CODE -> web().flow().tokens(user);
      case GrantType.REFRESH_TOKEN -> {
        TestClient client = web();
        Tokens tokens = client.flow().with("scope", "openid offline_access").tokens(user);
        Tokens.of(client.refresh(tokens.refresh()));
      }
      case GrantType.CLIENT_CREDENTIALS ->
          ClientBuilder.machine(server).register().ownTokens("users:read");
      case GrantType.DEVICE_CODE -> {
        DeviceFlow flow = device().device("openid");
        flow.decide(new Browser(server).logIn(user), "allow");
        Tokens.of(flow.poll());
      }
      default -> throw new AssertionError("This test does not know how to try " + grantType);
    }
  }

  private void tryAuthMethod(String endpoint, String method) {
    if (method.equals("private_key_jwt")) {
      tryAssertion(endpoint, "ES256");
      return;
    }
    TestClient client =
        method.equals("none")
            ? app()
            : ClientBuilder.web(server).authMethod(method).resourceServer().register();
    Map<String, String> form = new LinkedHashMap<>(form(endpoint));
    String[] headers = {};
    switch (method) {
      case "client_secret_basic" -> headers = client.authentication();
      case "client_secret_post" -> {
        form.put("client_id", client.clientId());
        form.put("client_secret", client.secret());
      }
      default -> form.put("client_id", client.clientId());
    }
    assertAuthenticated(endpoint, method, http.form(path(endpointOf(endpoint)), form, headers));
  }

  private void tryAssertion(String endpoint, String alg) {
    TestKey key = TestKey.of(alg, "key");
    TestClient client =
        ClientBuilder.web(server)
            .authMethod("private_key_jwt")
            .option("jwks", TestKey.jwks(key))
            .resourceServer()
            .register();
    Assertion assertion = new Assertion(server, client.clientId(), key);
    assertAuthenticated(
        endpoint, alg, http.form(path(endpointOf(endpoint)), assertion.in(form(endpoint))));
  }

  private static Map<String, String> form(String endpoint) {
    return endpoint.equals("token")
        ? Map.of("grant_type", GrantType.REFRESH_TOKEN, "refresh_token", "invented")
        : Map.of("token", "invented");
  }

  /** An authenticated client gets as far as its invented token. */
  private static void assertAuthenticated(
      String endpoint, String by, HttpResponse<String> response) {
    if (endpoint.equals("token")) {
      assertEquals("invalid_grant", Http.body(400, response).get("error").asText(), by);
    } else {
      assertEquals(200, response.statusCode(), by + " " + response.body());
    }
  }

  private void tryRequestObject(String alg) {
    TestKey key = TestKey.of(alg, "key");
    TestClient client =
        ClientBuilder.web(server)
            .option("jwks", TestKey.jwks(key))
            .option("request_object_signing_alg", alg)
            .register();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("client_id", client.clientId());
    claims.put("response_type", "code");
    claims.put("redirect_uri", client.redirectUri());
    claims.put("scope", "openid");
    claims.put("code_challenge", CodeFlow.CHALLENGE);
    claims.put("code_challenge_method", "S256");
    Answer answer =
        client.flow().with("request", key.sign(claims)).answer(new Browser(server), user);
    assertTrue(answer.has("code"), alg);
  }

  private void tryClaims(Set<String> promised) {
    Http.body(
        200,
        http.json(
            "PATCH",
            "/api/user",
            """
            {"given_name": "Ada", "family_name": "Lovelace", "name": "Ada Lovelace", "middle_name": "King",
             "nickname": "Countess", "profile": "https://ada.example", "picture": "https://ada.example/p.png",
             "website": "https://ada.example", "gender": "female", "birthdate": "1815-12-10",
             "zoneinfo": "Europe/London", "locale": "en-GB", "phone_number": "+442071234567",
             "address": {"locality": "London", "country": "GB"}}
            """,
            "Authorization",
            new TestUsers(server).bearer(user)));
    Tokens tokens =
        ClientBuilder.web(server)
            .scope(ALL)
            .register()
            .flow()
            .with("scope", "openid profile email address phone")
            .tokens(user);
    Set<String> told = new HashSet<>();
    Tokens.claims(tokens.id()).fieldNames().forEachRemaining(told::add);
    Http.body(200, userInfo(tokens)).fieldNames().forEachRemaining(told::add);
    assertEquals(new TreeSet<>(promised), new TreeSet<>(told));
  }

  private void assertValues(String member, Stream<String> all) {
    assertEquals(
        all.collect(java.util.stream.Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(texts(metadata.get(member))),
        member);
  }

  /** Every address below {@code /oauth2} that stands for something by itself. */
  private static Set<String> endpointsOfTheContract() throws IOException {
    try (InputStream in =
        MetadataTruthTest.class.getResourceAsStream("/META-INF/openapi/openapi.yaml")) {
      Map<String, Object> contract = new Yaml().load(Objects.requireNonNull(in));
      Set<String> paths = new TreeSet<>();
      ((Map<?, ?>) contract.get("paths")).keySet().forEach(path -> paths.add(path.toString()));
      paths.removeIf(path -> !path.startsWith("/oauth2/") || path.contains("{"));
      return paths;
    }
  }

  private static String algorithm(String jwt) {
    try {
      return SignedJWT.parse(jwt).getHeader().getAlgorithm().getName();
    } catch (ParseException e) {
      throw new AssertionError(jwt, e);
    }
  }

  private TestClient web() {
    return ClientBuilder.web(server).scope(ALL).register();
  }

  private TestClient app() {
    return ClientBuilder.nativeApp(server).register();
  }

  private TestClient device() {
    return ClientBuilder.device(server).register();
  }

  private HttpResponse<String> userInfo(Tokens tokens) {
    return http.get("/oauth2/userinfo", "Authorization", "Bearer " + tokens.access());
  }

  private HttpResponse<String> get(JsonNode url) {
    return http.get(path(url));
  }

  private HttpResponse<String> post(JsonNode url, Map<String, String> form) {
    return http.form(path(url), form);
  }

  private JsonNode endpointOf(String endpoint) {
    return metadata.get(endpoint + "_endpoint");
  }

  private String path(JsonNode url) {
    return url.asText().substring(server.issuer().length());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
