package dev.gatewright.outbound;

import dev.gatewright.outbound.OutboundException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where to ask.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param target path and query, ASCII, from the slash on
 */
record HttpsUrl(String host, int port, String target) {
  private static final int LONGEST = 2000;
  private static final int HTTPS = 443;
  private static final int MAX_PORT = 65_535;

  /** Reads an https URL with a host, and without user information or fragment. */
  static HttpsUrl of(String url) throws OutboundException {
    if (url.length() > LONGEST) {
      throw refused("it is too long");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(url)) {
      throw refused("it is no URL"); // URI.toASCIIString takes for granted that it can
    }
    URI uri;
    try {
      uri = new URI(new URI(url).toASCIIString());
    } catch (URISyntaxException e) {
      throw refused("it is no URL");
    }
    @Nullable String host = uri.getHost();
    if (!"https".equalsIgnoreCase(uri.getScheme()) || host == null) {
      throw refused("it is not an https URL with a host");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw refused("it has user information or a fragment");
    }
    int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
    if (port == 0 || port > MAX_PORT) {
      throw refused("its port is none");
    }
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new HttpsUrl(
        host, port, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
  }

  /** The value of the header {@code Host} (RFC 9110 §7.2). */
  String authority() {
    return port == HTTPS ? host : host + ":" + port;
  }

  /** For the log; without path and query, which may hold what is nobody's business. */
  @Override
  public String toString() {
    return "https://" + authority();
  }

  private static OutboundException refused(String why) {
    return new OutboundException(Reason.REFUSED, "the URL is not asked: " + why);
  }
}
