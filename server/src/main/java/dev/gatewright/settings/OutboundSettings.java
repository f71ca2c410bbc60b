package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the server itself may fetch from, and post to.
 *
 * @param allowedHosts hosts ({@code host} or {@code host:port}) that are trusted although they have
 *     addresses of an internal network
 * @param caFile a PEM file of certificates that are trusted beside the Java runtime's own; null:
 *     none
 * @param timeout for one fetch from its beginning to its end
 */
@ConfigurationProperties("gatewright.outbound")
public record OutboundSettings(
    @Nullable List<String> allowedHosts,
    @Nullable String caFile,
    @Bindable(defaultValue = "5s") Duration timeout) {
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9a-f:.]+]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::([0-9]{1,5}))?");
  private static final int MAX_PORT = 65_535;

  public OutboundSettings {
    allowedHosts =
        Objects.requireNonNullElse(allowedHosts, List.<String>of()).stream()
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .toList();
    allowedHosts.forEach(OutboundSettings::requireHost);
    if (timeout.compareTo(Duration.ofMillis(100)) < 0
        || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new InvalidSettingException(
          "gatewright.outbound.timeout", timeout, "a duration from 100ms to 1m, such as 5s");
    }
  }

  private static void requireHost(String host) {
    Matcher matcher = HOST.matcher(host);
    boolean valid =
        matcher.matches()
            && (matcher.group(1) == null || Integer.parseInt(matcher.group(1)) <= MAX_PORT);
    if (!valid) {
      throw new InvalidSettingException(
          "gatewright.outbound.allowed-hosts",
          host,
          "host names or host:port, such as keys.internal.example:8443");
    }
  }

  /**
   * Whether the operator trusts this host whatever its address.
   *
   * @param host as in a URL: an IPv6 address in brackets
   */
  public boolean allows(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    List<String> allowed = Objects.requireNonNullElse(allowedHosts, List.of());
    return allowed.contains(name) || allowed.contains(name + ":" + port);
  }
}
