package dev.gatewright.page;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client asks for access (RFC 6749 §4.1.1). Posts {@code csrf_token}, {@code request_uri}, {@code
 * client_id} and {@code decision} ({@code allow} or {@code deny}) to {@code /consent}.
 *
 * @param request the request that is decided on
 * @param client what the client says of itself
 * @param userName who decides
 * @param scopes what is asked for, in the order to show
 * @param redirectUri where the answer goes, proven to be the client's
 */
public record ConsentPage(
    String csrfToken,
    PendingRequest request,
    ClientLinks client,
    String userName,
    List<ScopeLine> scopes,
    String redirectUri)
    implements Page {

  /** Copies the scopes. */
  public ConsentPage {
    scopes = List.copyOf(scopes);
  }

  /**
   * The host that the answer goes to, so that a person can tell a client's name from who stands
   * behind it; null when an application on the person's own device takes it (RFC 8252 §7).
   */
  public @Nullable String redirectHost() {
    var uri = URI.create(redirectUri);
    var host = uri.getHost();
    return host == null || uri.getScheme() == null || !isWeb(uri.getScheme()) || isLoopback(host)
        ? null
        : host;
  }

  /** The link to log in as somebody else, for the same request. */
  public String otherAccountLink() {
    return request.link("/login");
  }

  private static boolean isWeb(String scheme) {
    var lower = scheme.toLowerCase(Locale.ROOT);
    return lower.equals("https") || lower.equals("http");
  }

  private static boolean isLoopback(String host) {
    return host.equals("127.0.0.1") || host.equals("[::1]") || host.equalsIgnoreCase("localhost");
  }
}
