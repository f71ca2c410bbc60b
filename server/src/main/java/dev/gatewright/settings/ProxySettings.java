package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * The proxies in front of the server.
 *
 * @param trustedProxies addresses and networks of the proxies whose {@code X-Forwarded-For} is
 *     believed; empty: no header is
 */
@ConfigurationProperties("gatewright")
public record ProxySettings(@Bindable(defaultValue = "") List<String> trustedProxies) {
  private static final String KEY = "gatewright.trusted-proxies";

  public ProxySettings {
    trustedProxies =
        trustedProxies.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    networks(trustedProxies);
  }

  /** What the setting names. */
  public List<IpNetwork> networks() {
    return networks(trustedProxies);
  }

  private static List<IpNetwork> networks(List<String> texts) {
    return texts.stream()
        .map(text ->
            IpNetwork.parse(text)
                .orElseThrow(() ->
                    new InvalidSettingException(
                        KEY,
                        text,
                        "IP addresses and networks, such as 127.0.0.1, 10.0.0.0/8 or"
                            + " 2001:db8::/32, with no bits behind the prefix, and not all"
                            + " addresses")))
        .toList();
  }
}
