package dev.gatewright.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Parameters as {@code application/x-www-form-urlencoded}, in a body or a query (RFC 6749 appendix
 * B).
 */
public final class Form {

  private final StringJoiner pairs = new StringJoiner("&");
  private final Set<String> names = new HashSet<>();

  /** An empty one. */
  public Form() {}

  /** The members of a value of the contract, a list as a parameter that is repeated. */
  static Form of(Object model) {
    Form form = new Form();
    Json.tree(model)
        .fields()
        .forEachRemaining(member -> {
          if (member.getValue().isArray()) {
            member.getValue().forEach(item -> form.add(member.getKey(), item.asText()));
          } else if (!member.getValue().isNull()) {
            form.add(member.getKey(), member.getValue().asText());
          }
        });
    return form;
  }

  /** Adds a parameter; one without a value is left out. */
  public Form add(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      names.add(name);
      pairs.add(encode(name) + "=" + encode(value));
    }
    return this;
  }

  /** Adds a parameter once for each value. */
  public Form addEach(String name, Iterable<?> values) {
    values.forEach(value -> add(name, value.toString()));
    return this;
  }

  /** Appends the parameters to what may have a query already. */
  public URI appendTo(URI uri) {
    return pairs.length() == 0
        ? uri
        : URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + pairs);
  }

  /** Whether there is such a parameter. */
  public boolean has(String name) {
    return names.contains(name);
  }

  /** Encodes a name or a value. */
  public static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /**
   * Reads a query. Parameters without a value count as absent and none may be repeated (RFC 6749
   * §3.1).
   *
   * @throws IllegalArgumentException if one is repeated or badly encoded; the message names no
   *     value
   */
  public static Map<String, String> parse(@Nullable String query) {
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
  public String encoded() {
    return pairs.toString();
  }

  @Override
  public String toString() {
    return "Form[***]";
  }
}
