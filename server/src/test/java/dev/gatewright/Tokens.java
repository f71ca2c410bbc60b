package dev.gatewright;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Base64;

/**
 * A successful answer of the token endpoint (RFC 6749 §5.1); a token that is not there is empty.
 */
public record Tokens(String access, String refresh, String id, String scope) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Tokens of(HttpResponse<String> response) {
    JsonNode body = Http.body(200, response);
    return new Tokens(
        body.path("access_token").asText(""),
        body.path("refresh_token").asText(""),
        body.path("id_token").asText(""),
        body.path("scope").asText(""));
  }

  /** The claims of a JWT, unverified. */
  public static JsonNode claims(String jwt) {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
