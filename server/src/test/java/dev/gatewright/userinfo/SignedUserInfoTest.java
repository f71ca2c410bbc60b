package dev.gatewright.userinfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.key.JwtVerifier;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Userinfo as a signed JWT (OpenID Connect Core §5.3.2). */
class SignedUserInfoTest {
  private static TestServer server;
  private static User user;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).openUser();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** oidcc-userinfo-rs256. */
  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "PS256", "EdDSA"})
  void clientThatIsRegisteredForItGetsASignedJwt(String alg) throws ParseException {
    TestClient client =
        ClientBuilder.web(server).option("userinfo_signed_response_alg", alg).register();
    HttpResponse<String> response = userInfo(client.flow().with("scope", "openid email"));

    assertEquals(200, response.statusCode(), response.body());
    assertEquals("application/jwt", Http.header(response, "Content-Type"));
    assertEquals("no-store", Http.header(response, "Cache-Control"));
    SignedJWT jwt = SignedJWT.parse(response.body());
    assertEquals(alg, jwt.getHeader().getAlgorithm().getName());
    assertTrue(server.bean(JwtVerifier.class).isOurs(jwt));
    JsonNode claims = Tokens.claims(response.body());
    assertEquals(server.issuer(), claims.get("iss").asText());
    assertEquals(client.clientId(), claims.get("aud").asText());
    assertEquals(user.id().toString(), claims.get("sub").asText());
    assertEquals(user.email(), claims.get("email").asText());
    assertFalse(claims.has("exp"), "without exp nobody can take it for an ID token");
  }

  /** An address stays an object, a time a number. */
  @Test
  void claimsHaveTheSameTypesAsInJson() {
    TestClient signed =
        ClientBuilder.web(server).option("userinfo_signed_response_alg", "ES256").register();
    TestClient plain = ClientBuilder.web(server).register();
    String everything = "openid profile email address phone";
    JsonNode json = Http.body(200, userInfo(plain.flow().with("scope", everything)));

    JsonNode claims = Tokens.claims(userInfo(signed.flow().with("scope", everything)).body());
    json.fieldNames()
        .forEachRemaining(name -> assertEquals(json.get(name), claims.get(name), name));
  }

  /** The registration decides, not what the caller would like. */
  @Test
  void whatTheCallerAcceptsChangesNothing() {
    TestClient signed =
        ClientBuilder.web(server).option("userinfo_signed_response_alg", "RS256").register();
    TestClient plain = ClientBuilder.web(server).register();
    String of = "Bearer " + plain.flow().tokens(user).access();
    HttpResponse<String> json =
        new Http(server)
            .get("/oauth2/userinfo", "Authorization", of, "Accept", "application/jwt, */*;q=0.1");
    assertEquals("application/json", Http.header(json, "Content-Type"));

    String other = "Bearer " + signed.flow().tokens(user).access();
    HttpResponse<String> jwt =
        new Http(server)
            .get("/oauth2/userinfo", "Authorization", other, "Accept", "application/json");
    assertEquals("application/jwt", Http.header(jwt, "Content-Type"));
  }

  /** It is signed by the same keys, and yet no token. */
  @Test
  void signedUserInfoIsNoAccessToken() {
    TestClient client =
        ClientBuilder.web(server).option("userinfo_signed_response_alg", "ES256").register();
    String jwt = userInfo(client.flow()).body();

    assertEquals(
        401, new Http(server).get("/api/user", "Authorization", "Bearer " + jwt).statusCode());
    assertEquals(
        401, new Http(server).form("/oauth2/userinfo", Map.of("access_token", jwt)).statusCode());
  }

  private static HttpResponse<String> userInfo(dev.gatewright.CodeFlow flow) {
    String token = flow.tokens(user).access();
    return new Http(server).get("/oauth2/userinfo", "Authorization", "Bearer " + token);
  }
}
