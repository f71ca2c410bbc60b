package dev.gatewright;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/**
 * An answer of the authorization endpoint that is a redirect (RFC 6749 §4.1.2).
 *
 * @param location the whole header
 * @param parameters those of the query
 */
public record Answer(String location, Map<String, List<String>> parameters) {

  public static Answer of(HttpResponse<String> response) {
    assertEquals(303, response.statusCode(), response.body());
    String location = Http.header(response, "Location");
    int query = location.indexOf('?');
    return new Answer(location, query < 0 ? Map.of() : Forms.decode(location.substring(query + 1)));
  }

  /** The value of a parameter that must be there exactly once. */
  public String value(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    assertEquals(1, values.size(), () -> name + " in " + location);
    return values.getFirst();
  }

  public boolean has(String name) {
    return parameters.containsKey(name);
  }
}
