package dev.gatewright.client.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewright.client.ApiClient;
import java.util.Optional;

/**
 * Reads and writes JSON as the generated client does. What cannot be read is not quoted, it may be
 * a secret.
 */
final class Json {

  private static final ObjectMapper MAPPER = ApiClient.createDefaultObjectMapper();

  private Json() {}

  static <T> Optional<T> read(String json, Class<T> type) {
    try {
      return Optional.ofNullable(MAPPER.readValue(json, type));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot be written as JSON: " + value.getClass().getSimpleName());
    }
  }
}
