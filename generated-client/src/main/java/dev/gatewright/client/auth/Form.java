package dev.gatewright.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Parameters as {@code application/x-www-form-urlencoded}, in a body or a query (RFC 6749 appendix
 * B).
 */
final class Form {

  private final StringJoiner pairs = new StringJoiner("&");

  /** Adds a parameter; one without a value is left out. */
  Form add(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      pairs.add(encode(name) + "=" + encode(value));
    }
    return this;
  }

  Form addEach(String name, Iterable<?> values) {
    values.forEach(value -> add(name, value.toString()));
    return this;
  }

  /** Appends the parameters to what may have a query already. */
  URI appendTo(URI uri) {
    return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + pairs);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /**
   * Reads a query. Parameters without a value count as absent and none may be repeated (RFC 6749
   * §3.1).
   *
   * @throws IllegalArgumentException if one is repeated or badly encoded; the message names no
   *     value
   */
  static Map<String, String> parse(@Nullable String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && equals < pair.length() - 1) {
        String name = decode(pair.substring(0, equals));
        if (parameters.put(name, decode(pair.substring(equals + 1))) != null) {
          throw new IllegalArgumentException("A parameter is repeated");
        }
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("A parameter is badly encoded");
    }
  }

  /** The encoded parameters, secrets and all: for the wire, never for a log. */
  String encoded() {
    return pairs.toString();
  }

  @Override
  public String toString() {
    return "Form[***]";
  }
}
