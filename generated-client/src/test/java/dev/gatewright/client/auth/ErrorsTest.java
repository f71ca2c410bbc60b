package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.ApiException;
import dev.gatewright.client.auth.ProblemException.FieldProblem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the generated client throws becomes one of our typed errors. */
class ErrorsTest {

  private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

  /** RFC 9457. */
  @Test
  void problemIsReadWhole() {
    String body =
        "{\"type\":\"urn:gatewright:problem:invalid-request\",\"title\":\"Invalid"
            + " request\",\"status\":400,\"detail\":\"One field is not"
            + " acceptable\",\"instance\":\"urn:uuid:1\",\"errors\":[{\"field\":\"username\",\"message\":\"is"
            + " taken\"}],\"extra\":1}";

    ProblemException problem = assertInstanceOf(ProblemException.class, from(400, body));

    assertEquals(URI.create("urn:gatewright:problem:invalid-request"), problem.type());
    assertEquals("Invalid request", problem.title());
    assertEquals(400, problem.status());
    assertEquals("One field is not acceptable", problem.detail().orElseThrow());
    assertEquals(URI.create("urn:uuid:1"), problem.instance().orElseThrow());
    assertEquals(List.of(new FieldProblem("username", "is taken")), problem.errors());
    assertEquals(
        "Invalid request (400): One field is not acceptable; username is taken [urn:uuid:1]",
        problem.getMessage());
  }

  @Test
  void problemWithoutAType() {
    ProblemException problem =
        assertInstanceOf(
            ProblemException.class, from(404, "{\"title\":\"Not found\",\"status\":404}"));

    assertEquals(URI.create("about:blank"), problem.type());
    assertTrue(problem.instance().isEmpty());
  }

  /** RFC 6749 §5.2. */
  @Test
  void oauthErrorIsRead() {
    OAuthErrorException error =
        assertInstanceOf(OAuthErrorException.class, from(401, "{\"error\":\"invalid_client\"}"));

    assertEquals("invalid_client", error.error());
    assertEquals(401, error.status().orElseThrow());
    assertTrue(error.description().isEmpty());
  }

  @Test
  void anythingElseIsATransportFailure() {
    for (String body : new String[] {"<html>", "", "[]", "{}", "null", "\"text\""}) {
      TransportException failure = assertInstanceOf(TransportException.class, from(502, body));
      assertEquals(502, failure.status().orElseThrow());
    }
    IOException cause = new IOException("connection reset");
    GatewrightException failure = GatewrightException.from(new ApiException(cause));
    assertTrue(assertInstanceOf(TransportException.class, failure).status().isEmpty());
  }

  private static GatewrightException from(int status, String body) {
    return GatewrightException.from(new ApiException(status, "failed", NO_HEADERS, body));
  }
}
