package dev.gatewright.contract;

import dev.gatewright.contract.ServedContract.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request that is put together piece by piece, also to what no HTTP client would send. */
final class Attempt {

  /** How much of it is as the contract wants it. */
  enum Kind {
    VALID,
    NEARLY_VALID,
    WILD
  }

  final Operation operation;
  final Kind kind;
  final List<String> headers = new ArrayList<>();
  final List<String> secrets = new ArrayList<>();
  String method;
  String target;
  byte[] body = new byte[0];
  boolean chunked;

  /** What was done to it. */
  String twist = "";

  Attempt(Operation operation, Kind kind) {
    this.operation = operation;
    this.kind = kind;
    this.method = operation.method();
    this.target = operation.template();
  }

  void header(String name, String value) {
    headers.add(name + ": " + value);
  }

  void dropHeader(String name) {
    headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
  }

  void body(String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
  }

  /** What goes over the wire; one request to a connection. */
  byte[] octets(String host) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: ").append(host);
    for (String line : headers) {
      head.append("\r\n").append(line);
    }
    head.append("\r\nConnection: close");
    boolean declares = headers.stream().anyMatch(line -> line.startsWith("Content-Length"));
    if (chunked) {
      head.append("\r\nTransfer-Encoding: chunked");
    } else if (!declares && (body.length > 0 || !method.equals("GET"))) {
      head.append("\r\nContent-Length: ").append(body.length);
    }
    octets.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    if (!chunked) {
      octets.writeBytes(body);
      return octets.toByteArray();
    }
    int size = Math.max(1, body.length / 3);
    for (int from = 0; from < body.length; from += size) {
      int length = Math.min(size, body.length - from);
      octets.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      octets.write(body, from, length);
      octets.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    octets.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return octets.toByteArray();
  }

  /** The request for a terminal, without its secrets, and not all of what is long. */
  String curl() {
    StringBuilder curl = new StringBuilder("curl -i -X " + method);
    headers.forEach(line -> curl.append(" -H ").append(quoted(line)));
    if (chunked) {
      curl.append(" -H 'Transfer-Encoding: chunked'");
    }
    if (body.length > 0) {
      curl.append(" --data-binary ").append(quoted(new String(body, StandardCharsets.ISO_8859_1)));
    }
    return curl.append(' ').append(quoted("$ISSUER" + target)).toString();
  }

  private String withoutSecrets(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, "SECRET");
    }
    return shown;
  }

  /** As {@code $'…'} of a shell. */
  private String quoted(String sent) {
    String text = withoutSecrets(sent);
    StringBuilder quoted = new StringBuilder("$'");
    int shown = Math.min(text.length(), 400);
    for (int i = 0; i < shown; i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(c < 256 ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    if (shown < text.length()) {
      quoted.append("…(").append(text.length()).append(" in all)");
    }
    return quoted.append('\'').toString();
  }

  @Override
  public String toString() {
    return kind + (twist.isEmpty() ? "" : " (" + twist + ")") + "\n    " + curl();
  }
}
