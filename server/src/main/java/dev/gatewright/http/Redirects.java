package dev.gatewright.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Redirects of the browser by 303 (RFC 9700 §4.12), which no cache keeps and which tell nobody
 * where it comes from.
 */
public final class Redirects {
  private Redirects() {}

  /**
   * To a path of this server, or to a URI that is proven to be a client's.
   *
   * @param location as it is to stand in the header
   */
  public static MutableHttpResponse<?> to(String location) {
    return HttpResponse.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.LOCATION, location)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Referrer-Policy", "no-referrer");
  }

  /** Adds a parameter to the query, which the URI may have already (RFC 6749 §3.1.2). */
  public static String append(String uri, String name, String value) {
    String separator =
        uri.indexOf('?') < 0 ? "?" : uri.endsWith("?") || uri.endsWith("&") ? "" : "&";
    return uri
        + separator
        + name
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
