package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.error.GatewrightException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.error.ProblemException.FieldProblem;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.model.SignUpRequest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server says went wrong is one of our typed errors. */
class ErrorsTest {

  private final FakeProvider provider = new FakeProvider(new TestClock());

  @AfterEach
  void stop() {
    provider.close();
  }

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
    assertEquals(400, problem.status().orElseThrow());
    assertEquals("One field is not acceptable", problem.detail().orElseThrow());
    assertEquals("urn:uuid:1", problem.requestId().orElseThrow());
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
    assertTrue(problem.requestId().isEmpty());
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
  }

  /** What a call throws that is answered so. */
  private GatewrightException from(int status, String body) {
    provider.users = asked -> new Answer(status, "application/json", body);
    SignUpRequest request = SignUpRequest.builder().username("ada").password("secret").build();
    return assertThrows(
        GatewrightException.class, () -> provider.gatewright().users().signUp(request));
  }
}
