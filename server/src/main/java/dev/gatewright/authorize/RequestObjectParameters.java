package dev.gatewright.authorize;

import dev.gatewright.client.jwt.InvalidJwtException;
import dev.gatewright.client.jwt.JwtClaims;
import dev.gatewright.oauth.ServerScopes;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request object says, as parameters. In an OpenID Connect request, one whose scope has
 * {@code openid}, the object goes before what stands beside it (OpenID Connect Core §6.1); in any
 * other only the object counts, and the {@code client_id} beside it (RFC 9101 §6.3).
 */
@Singleton
final class RequestObjectParameters {
  private static final String CLIENT_ID = "client_id";
  private static final String RESPONSE_TYPE = "response_type";
  private static final String SCOPE = "scope";
  private static final String RESOURCE = "resource";
  private static final Set<String> REFERENCES = Set.of("request", "request_uri");

  /** Of the JWT, not of the request (RFC 7519 §4.1). */
  private static final Set<String> OF_THE_JWT =
      Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

  private final JsonMapper json;

  RequestObjectParameters(JsonMapper json) {
    this.json = json;
  }

  /**
   * The parameters that count.
   *
   * @param beside what was sent beside the object
   * @throws InvalidJwtException when the object contradicts it, or holds what no parameter can be
   */
  Parameters merge(Parameters beside, JwtClaims object) throws InvalidJwtException {
    Map<String, List<String>> inside = parameters(object);
    Optional<String> responseType = beside.find(RESPONSE_TYPE);
    if (responseType.isPresent()
        && inside.containsKey(RESPONSE_TYPE)
        && !inside.get(RESPONSE_TYPE).equals(List.of(responseType.get()))) {
      throw new InvalidJwtException("the response_type beside the request object is another");
    }
    Map<String, List<String>> merged = new HashMap<>();
    if (isOpenId(inside.getOrDefault(SCOPE, beside.all(SCOPE)))) {
      merged.putAll(beside.sent());
      merged.keySet().removeAll(REFERENCES);
    } else {
      merged.put(CLIENT_ID, beside.all(CLIENT_ID));
    }
    merged.putAll(inside);
    return Parameters.of(merged);
  }

  private static boolean isOpenId(List<String> scope) {
    return scope.stream()
        .flatMap(scopes -> Arrays.stream(scopes.split(" ")))
        .anyMatch(ServerScopes.OPENID::equals);
  }

  private Map<String, List<String>> parameters(JwtClaims object) throws InvalidJwtException {
    Map<String, List<String>> parameters = new HashMap<>();
    for (Map.Entry<String, @Nullable Object> member : object.members().entrySet()) {
      String name = member.getKey();
      @Nullable Object value = member.getValue();
      if (REFERENCES.contains(name)) {
        throw new InvalidJwtException("the request object refers to another"); // RFC 9101 §4
      }
      if (value != null && !OF_THE_JWT.contains(name)) {
        parameters.put(name, values(name, value));
      }
    }
    return parameters;
  }

  /** RFC 9101 §4: strings and numbers are what they are, other values are JSON. */
  private List<String> values(String name, Object value) throws InvalidJwtException {
    if (name.equals(RESOURCE) && value instanceof List<?> resources) {
      List<String> values = new ArrayList<>();
      for (@Nullable Object resource : resources) {
        values.add(text(resource == null ? "" : resource));
      }
      return values;
    }
    return List.of(text(value));
  }

  private String text(Object value) throws InvalidJwtException {
    String text;
    try {
      text = value instanceof String string ? string : json.writeValueAsString(value);
    } catch (IOException e) {
      throw new InvalidJwtException("a member of the request object cannot be read");
    }
    if (text.indexOf(0) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidJwtException("a member of the request object is no text"); // as in a form
    }
    return text;
  }
}
