package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who the server is.
 *
 * @param issuer the public base URL, {@code iss} of every token (RFC 8414 §2): https, or http on a
 *     loopback host; without path, query, fragment or a slash at the end
 * @param dataDir the folder of the embedded database and of the development master key
 */
@ConfigurationProperties("gatewright")
public record ServerSettings(
    @Nullable String issuer, @Bindable(defaultValue = "data") String dataDir) {
  private static final String KEY = "gatewright.issuer";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public ServerSettings {
    if (issuer == null || issuer.isBlank()) {
      throw new InvalidSettingException(
          KEY
              + " is not set; set it to the public URL of this server, such as"
              + " https://id.example.");
    }
    requireIssuer(issuer);
  }

  private static void requireIssuer(String issuer) {
    URI uri;
    try {
      uri = URI.create(issuer);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(KEY, issuer, "a URL");
    }
    String host = uri.getHost();
    boolean bare =
        uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null
            && (uri.getRawPath() == null || uri.getRawPath().isEmpty());
    if (host == null || !bare) {
      throw new InvalidSettingException(
          KEY, issuer, "a URL of scheme, host and port alone, such as https://id.example");
    }
    boolean secure =
        "https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host));
    if (!secure) {
      throw new InvalidSettingException(KEY, issuer, "an https URL (http is for loopback hosts)");
    }
  }

  /** The issuer identifier, exactly as configured. */
  @Override
  public String issuer() {
    return Objects.requireNonNull(issuer);
  }

  /** Whether browsers reach this server by https, so that cookies can be {@code Secure}. */
  public boolean https() {
    return issuer().startsWith("https:");
  }

  /** The issuer followed by a path that starts with a slash. */
  public String url(String path) {
    return issuer() + path;
  }

  public Path dataFolder() {
    return Path.of(dataDir);
  }
}
