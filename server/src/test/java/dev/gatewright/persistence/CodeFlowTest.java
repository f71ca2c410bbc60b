package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTParser;
import dev.gatewright.Http;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The way from a login to the caller's data and back, over HTTP, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class CodeFlowTest {
  private final Node node;
  private final Http http;
  private final User user;
  private final CodeFlow flow;

  CodeFlowTest(TestDatabase kind) {
    node = Node.shared(kind);
    http = new Http(node.server());
    user = new TestUsers(node.server()).user();
    flow = CodeFlow.ofNewClient(node.server());
  }

  @Test
  void loginConsentCodeTokensUser() throws ParseException {
    Map<String, String> asked =
        Map.of("state", "zustand é \uD83D\uDE00", "nonce", "\uD83D\uDD11".repeat(500));
    Map<String, String> answer = flow.logInAndConsent(http, user, asked);
    assertEquals(asked.get("state"), answer.get("state"));
    assertEquals(node.server().issuer(), answer.get("iss"));

    JsonNode tokens = Http.body(200, flow.redeem(http, answer.get("code")));
    assertEquals(
        asked.get("nonce"),
        JWTParser.parse(CodeFlow.text(tokens, "id_token"))
            .getJWTClaimsSet()
            .getStringClaim("nonce"));
    JsonNode self = Http.body(200, CodeFlow.user(http, tokens));
    assertEquals(user.username(), CodeFlow.text(self, "username"));
    assertEquals(user.createdAt().toString(), CodeFlow.text(self, "created_at"));
  }

  @Test
  void consentIsAskedForOnce() {
    flow.logInAndConsent(http, user, Map.of());

    assertTrue(flow.answer(http.get(flow.authorizationRequest(Map.of()))).containsKey("code"));
  }

  /** OAuth 2.1 §4.3.1: the successor works, and a second use ends the family. */
  @Test
  void refreshTokenRotatesAndItsReuseEndsTheFamily() {
    JsonNode first = tokens();
    JsonNode second = Http.body(200, flow.refresh(http, first));
    assertNotEquals(CodeFlow.text(first, "refresh_token"), CodeFlow.text(second, "refresh_token"));
    Http.body(200, CodeFlow.user(http, second));

    Http.body(400, flow.refresh(http, first));
    Http.body(400, flow.refresh(http, second));
    Http.body(401, CodeFlow.user(http, second));
  }

  @Test
  void codeRedeemedTwiceAtOnceIsRedeemedOnce() {
    String code = flow.logInAndConsent(http, user, Map.of()).get("code");
    List<HttpResponse<String>> responses =
        Race.run(8, i -> () -> flow.redeem(new Http(node.server()), code));
    List<Integer> statuses = responses.stream().map(HttpResponse::statusCode).toList();

    assertEquals(1, Collections.frequency(statuses, 200), statuses.toString());
    assertEquals(7, Collections.frequency(statuses, 400), statuses.toString());
    JsonNode won =
        Http.body(
            200, responses.stream().filter(r -> r.statusCode() == 200).findFirst().orElseThrow());
    Http.body(401, CodeFlow.user(http, won)); // RFC 6749 §4.1.2: the second use revoked it
  }

  @Test
  void revokedTokensEndAtOnce() {
    JsonNode accessRevoked = tokens();
    flow.revoke(http, CodeFlow.text(accessRevoked, "access_token"));
    Http.body(401, CodeFlow.user(http, accessRevoked));
    JsonNode refreshed = Http.body(200, flow.refresh(http, accessRevoked));
    flow.revoke(http, CodeFlow.text(refreshed, "refresh_token"));

    Http.body(401, CodeFlow.user(http, refreshed));
    Http.body(400, flow.refresh(http, refreshed));
  }

  /** What no URL could carry is refused as a form as well, whatever a column would hold. */
  @Test
  void oversizedAuthorizationRequestIsRefused() {
    String long64k = "x".repeat(70_000);
    for (String name : List.of("state", "nonce", "unknown")) {
      Map<String, String> form = CodeFlow.query(flow.authorizationRequest(Map.of(name, long64k)));
      HttpResponse<String> response = http.form("/oauth2/auth", form);

      assertEquals(400, response.statusCode(), response.body());
    }
    Map<String, String> fits =
        CodeFlow.query(flow.authorizationRequest(Map.of("nonce", "\uFF5E".repeat(15_500))));
    assertEquals(303, http.form("/oauth2/auth", fits).statusCode());
  }

  /** Text that no database could keep is refused before one is asked. */
  @Test
  void nulIsRefused() {
    assertEquals(
        400, http.get(flow.authorizationRequest(Map.of("nonce", "a\u0000b"))).statusCode());
    assertEquals(400, flow.redeem(http, "a\u0000b").statusCode());
    Http.body(
        401,
        http.json("POST", "/api/login", "{\"login\":\"a\\u0000b\",\"password\":\"a\\u0000b\"}"));
  }

  private JsonNode tokens() {
    return Http.body(
        200, flow.redeem(http, flow.logInAndConsent(http, user, Map.of()).get("code")));
  }
}
