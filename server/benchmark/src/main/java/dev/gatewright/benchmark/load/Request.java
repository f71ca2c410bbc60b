package dev.gatewright.benchmark.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An HTTP/1.1 request, as the bytes that go over the wire: made once where it is always the same.
 */
public record Request(byte[] bytes) {
  private static final String END = "\r\n";

  /** A GET; headers are name, value, name, value … */
  public static Request get(String target, String... headers) {
    return of("GET", target, "", headers);
  }

  /** A form, posted; the names and values are encoded here. */
  public static Request form(String target, Map<String, String> fields, String... headers) {
    return of("POST", target, encode(fields), headers);
  }

  /** {@code application/x-www-form-urlencoded}. */
  public static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static Request of(String method, String target, String body, String... headers) {
    StringBuilder text = new StringBuilder(512);
    text.append(method).append(' ').append(target).append(" HTTP/1.1").append(END);
    text.append("Host: localhost").append(END);
    for (int i = 0; i < headers.length; i += 2) {
      text.append(headers[i]).append(": ").append(headers[i + 1]).append(END);
    }
    if (!body.isEmpty()) {
      text.append("Content-Type: application/x-www-form-urlencoded").append(END);
      text.append("Content-Length: ").append(body.length()).append(END);
    }
    text.append(END).append(body);
    return new Request(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
