package dev.gatewright.contract;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A request and its final response as they went over the wire.
 *
 * @param readable whether the request could be parsed; when not, its target is not what was sent
 * @param target path and query, encoded as sent
 * @param status of the response
 */
record Exchange(
    boolean readable,
    String method,
    String target,
    HttpHeaders requestHeaders,
    byte[] requestBody,
    int status,
    HttpHeaders headers,
    byte[] body) {

  /** The target without its query, and without a slash at the end, which makes no difference. */
  String path() {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** The encoded query; empty when there is none. */
  String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** The media type of the response without parameters, in lower case; empty when there is none. */
  String mediaType() {
    String type = headers.get("content-type", "");
    return type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
