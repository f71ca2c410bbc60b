package dev.gatewright.persistence.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Forms;
import dev.gatewright.Http;
import dev.gatewright.Tokens;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/**
 * What became of a request.
 *
 * @param status 0 when there was no answer
 */
record Reply(Outcome outcome, int status, HttpHeaders headers, String body) {
  private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

  static Reply of(HttpResponse<String> response) {
    int status = response.statusCode();
    Outcome outcome =
        status >= 500 ? Outcome.IN_DOUBT : status >= 400 ? Outcome.REFUSED : Outcome.ACKNOWLEDGED;
    return new Reply(outcome, status, response.headers(), response.body());
  }

  static Reply unanswered(Outcome outcome) {
    return new Reply(outcome, 0, NONE, "");
  }

  boolean acknowledged() {
    return outcome == Outcome.ACKNOWLEDGED;
  }

  boolean inDoubt() {
    return outcome == Outcome.IN_DOUBT;
  }

  boolean refused() {
    return outcome == Outcome.REFUSED;
  }

  JsonNode json() {
    return Http.json(body);
  }

  /** An answer of the token endpoint (RFC 6749 §5.1). */
  Tokens tokens() {
    JsonNode json = json();
    return new Tokens(
        json.path("access_token").asText(""),
        json.path("refresh_token").asText(""),
        json.path("id_token").asText(""),
        json.path("scope").asText(""));
  }

  /** Where it redirects to; empty when nowhere. */
  String location() {
    return headers.firstValue("Location").orElse("");
  }

  /** Where it redirects to, as a path of the server. */
  String path() {
    URI location = URI.create(location());
    return location.getRawPath()
        + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery());
  }

  /** A parameter of where it redirects to; empty when it is not there. */
  String parameter(String name) {
    String location = location();
    return Forms.decode(location.substring(location.indexOf('?') + 1))
        .getOrDefault(name, List.of(""))
        .getFirst();
  }
}
