package dev.gatewright.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a {@code Content-Security-Policy} header (W3C CSP Level 3). Nothing is allowed but
 * what a page needs, and no page needs an inline script or style.
 *
 * @param value the header's value
 */
public record ContentSecurityPolicy(String value) {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

  /** Schemes that run or show what the URI itself holds: never a place for a form to end. */
  private static final Set<String> NEVER =
      Set.of("javascript", "data", "blob", "filesystem", "about", "vbscript");

  /**
   * Swagger UI: its own scripts, and calls to this server. It shows images from {@code data:} URLs
   * in its style sheet.
   */
  public static final ContentSecurityPolicy SWAGGER_UI =
      new ContentSecurityPolicy(
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");

  /**
   * The reference: its own scripts, and the worker that searches, which Redoc makes from a blob.
   * Its style elements are empty, which is what the first hash allows, and filled by the script;
   * the second is that of the one which is not.
   */
  public static final ContentSecurityPolicy REFERENCE =
      new ContentSecurityPolicy(
          "default-src 'none'; script-src 'self'; style-src 'self'"
              + " 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
              + " 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='; img-src 'self' data:;"
              + " worker-src blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");

  /**
   * A page whose form may end at a redirect URI: browsers hold {@code form-action} against every
   * redirect that answers a form, so that a login on its way back to the client would be stopped.
   *
   * @param redirectUri proven to be the client's, null when the page's forms end at this server;
   *     one that cannot be named safely in the header adds nothing
   * @param image a picture of somebody else's on the page, such as a client's logo; null when there
   *     is none
   */
  static ContentSecurityPolicy page(@Nullable String redirectUri, @Nullable String image) {
    return new ContentSecurityPolicy(
        "default-src 'none'; style-src 'self'; img-src 'self'"
            + source(image)
            + "; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
            + source(redirectUri));
  }

  /** A page with one script of ours, whose form goes to a redirect URI and nowhere else. */
  static ContentSecurityPolicy formPost(String redirectUri) {
    return new ContentSecurityPolicy(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-ancestors"
            + " 'none'; base-uri 'none'; form-action 'self'"
            + source(redirectUri));
  }

  /** A space and the source expression; empty when there is none to be named safely. */
  private static String source(@Nullable String url) {
    @Nullable String source = url == null ? null : expression(url);
    return source == null ? "" : " " + source;
  }

  private static @Nullable String expression(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return null;
    }
    if (uri.getScheme() == null) {
      return null;
    }
    var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https", "http" -> hostSource(scheme, uri);
      default -> NEVER.contains(scheme) || !SCHEME.matcher(scheme).matches() ? null : scheme + ":";
    };
  }

  private static @Nullable String hostSource(String scheme, URI uri) {
    var host = uri.getHost();
    if (host == null || uri.getRawUserInfo() != null) {
      return null;
    }
    if (host.startsWith("[")) {
      return scheme + ":"; // the policy's grammar has no word for an IPv6 address
    }
    if (!HOST.matcher(host).matches()) {
      return null;
    }
    return scheme
        + "://"
        + host.toLowerCase(Locale.ROOT)
        + (uri.getPort() == -1 ? "" : ":" + uri.getPort());
  }
}
