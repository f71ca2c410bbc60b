package dev.gatewright.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the check of every exchange catches, each kind by a forged answer; and that it sees all. */
class ContractCheckTest {
  private static final String ERROR = "{\"error\":\"invalid_grant\"}";

  @Test
  void anAnswerAsTheContractStatesItIsFine() {
    assertEquals(List.of(), findings(token(400, "application/json", ERROR)));
  }

  @Test
  void anUndocumentedStatusIsFound() {
    assertFinding("the status is not stated", token(418, "application/json", ERROR));
    assertFinding("the status is not stated", token(500, "application/json", ERROR));
  }

  @Test
  void anUndocumentedMediaTypeIsFound() {
    assertFinding("'text/html' is not stated", token(400, "text/html", ERROR));
    assertFinding("'' is not stated", token(400, "", ERROR));
  }

  @Test
  void anUndocumentedFieldIsFoundAndAMissingOneAndAWrongOne() {
    assertFinding(
        "property 'trace' is not defined",
        token(400, "application/json", "{\"error\":\"invalid_grant\",\"trace\":\"at dev\"}"));
    assertFinding("required property 'error' not found", token(400, "application/json", "{}"));
    assertFinding(
        "integer found, string expected", token(400, "application/json", "{\"error\":1}"));
  }

  @Test
  void anUndocumentedHeaderIsFoundAndAMissingOne() {
    Exchange more = token(400, "application/json", ERROR);
    more.headers().add("X-Powered-By", "tea");
    assertFinding("the header X-Powered-By is not stated", more);
    Exchange less = token(400, "application/json", ERROR);
    less.headers().remove("Cache-Control");
    assertFinding("the header Cache-Control is missing", less);
  }

  @Test
  void aRequestThatWasServedThoughTheContractDoesNotAllowItIsFound() {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.add("Cache-Control", "no-store");
    Exchange exchange =
        new Exchange(
            true,
            "GET",
            "/api/users?limit=0",
            new DefaultHttpHeaders().add("Authorization", "Bearer a"),
            new byte[0],
            200,
            headers.add("Content-Type", "application/json"),
            "{\"items\":[]}".getBytes(StandardCharsets.UTF_8));
    assertFinding("it was served, though", exchange);
  }

  @Test
  void whatIsNoOperationIsRefusedInTheFormOfItsNeighbours() {
    assertEquals(
        List.of(),
        findings(
            exchange(
                "PUT",
                "/oauth2/token",
                405,
                "application/json",
                "{\"error\":\"invalid_request\"}",
                "Allow",
                "POST")));
    assertFinding(
        "the status is not stated",
        exchange("GET", "/oauth2/secrets", 200, "application/json", "{\"secret\":1}"));
    assertFinding(
        "'text/html' is not stated", exchange("GET", "/api/secrets", 404, "text/html", "<p>"));
  }

  @Test
  void aTestFailsForWhatItsServerAnswered() {
    Exchanges.take();
    Exchanges.add(token(418, "application/json", ERROR));
    AssertionError failure = assertThrows(AssertionError.class, ContractExtension::check);
    assertTrue(failure.getMessage().contains("POST /oauth2/token (issueToken) 418"));
    ContractExtension.check(); // each is judged once
  }

  @Test
  void everyExchangeOfAServerIsSeen() {
    try (TestServer server = TestServer.start()) {
      TestUsers users = new TestUsers(server);
      String bearer = users.bearer(users.user());
      Exchanges.take();
      Http http = new Http(server);
      http.get("/api/user", "Authorization", bearer);
      http.send("HEAD", "/.well-known/jwks.json", "");
      http.send("OPTIONS", "/api/user", "");
      http.json("POST", "/api/login", " ".repeat(300_000));
      RawHttp.get(server, "/api/" + "a".repeat(20_000));
      RawHttp.send(server, "GET /api/user HTTP/1.1\r\n folded: 1\r\n\r\n");
      List<Exchange> seen = Exchanges.take();
      assertEquals(
          List.of(200, 200, 405, 413, 414, 400), seen.stream().map(Exchange::status).toList());
      assertTrue(seen.getFirst().text().contains("\"username\""));
      assertEquals("Bearer", seen.getFirst().requestHeaders().get("Authorization").substring(0, 6));
    }
  }

  private static Exchange token(int status, String mediaType, String body) {
    return exchange("POST", "/oauth2/token", status, mediaType, body, "Vary", "Origin");
  }

  private static Exchange exchange(
      String method, String path, int status, String mediaType, String body, String... more) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.add("Cache-Control", "no-store").add("Content-Type", mediaType);
    for (int i = 0; i < more.length; i += 2) {
      headers.add(more[i], more[i + 1]);
    }
    return new Exchange(
        true,
        method,
        path,
        new DefaultHttpHeaders(),
        new byte[0],
        status,
        headers,
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> findings(Exchange exchange) {
    return ContractCheck.shared().findings(exchange);
  }

  private static void assertFinding(String part, Exchange exchange) {
    List<String> findings = findings(exchange);
    assertTrue(
        findings.stream().anyMatch(finding -> finding.contains(part)),
        () -> part + " is not in " + findings);
  }
}
