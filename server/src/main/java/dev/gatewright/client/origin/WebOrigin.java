package dev.gatewright.client.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The origin of pages on http or https, as browsers write it (RFC 6454 §6.2): {@code
 * https://app.example} or {@code http://localhost:3000}.
 *
 * @param value 255 characters at most, for no host name is longer (RFC 1035 §2.3.4)
 */
record WebOrigin(String value) {
  private static final int MAX_LENGTH = 255;
  private static final Pattern SERIALIZED =
      Pattern.compile("https?://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");

  /**
   * What an {@code Origin} header names; empty for none, for {@code null}, and for whatever is no
   * origin of such pages.
   */
  static Optional<WebOrigin> ofHeader(@Nullable String origin) {
    return origin != null && origin.length() <= MAX_LENGTH && SERIALIZED.matcher(origin).matches()
        ? Optional.of(new WebOrigin(origin))
        : Optional.empty();
  }

  /** The origin of a URI (RFC 6454 §4); empty for a private-use scheme. */
  static Optional<WebOrigin> ofUri(String uri) {
    try {
      URI parsed = new URI(uri);
      @Nullable String host = parsed.getHost();
      if (parsed.getScheme() == null || host == null) {
        return Optional.empty();
      }
      String scheme = parsed.getScheme().toLowerCase(Locale.ROOT);
      int port = parsed.getPort();
      boolean usual = port == -1 || port == (scheme.equals("https") ? 443 : 80);
      return ofHeader(scheme + "://" + host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
