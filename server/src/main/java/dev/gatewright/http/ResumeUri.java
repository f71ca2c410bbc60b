package dev.gatewright.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The way back from a page: to the authorization endpoint, with the authorization request that
 * waits there, {@code /oauth2/auth?client_id=…&request_uri=…} (the form of RFC 9126 §4), or to the
 * page for a device, {@code /device?user_code=…}. Always a path of this server.
 */
public final class ResumeUri {
  /** The page for the user of a device: the verification URI (RFC 8628 §3.2). */
  public static final String DEVICE_PAGE = "/device";

  private ResumeUri() {}

  /** The way back, or the home page when no authorization request waits. */
  public static String of(@Nullable String clientId, @Nullable String requestUri) {
    String query = query(clientId, requestUri);
    return query.isEmpty() ? "/" : "/oauth2/auth" + query;
  }

  /**
   * {@code ?client_id=…&request_uri=…} for a link from one page to another; empty when no
   * authorization request waits.
   */
  public static String query(@Nullable String clientId, @Nullable String requestUri) {
    if (clientId == null || requestUri == null || clientId.isEmpty() || requestUri.isEmpty()) {
      return "";
    }
    return "?client_id=" + encode(clientId) + "&request_uri=" + encode(requestUri);
  }

  /** The page for the user of a device, with its code. */
  public static String ofDevice(String userCode) {
    return DEVICE_PAGE + "?user_code=" + encode(userCode);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
