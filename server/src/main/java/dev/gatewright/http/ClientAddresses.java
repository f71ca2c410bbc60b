package dev.gatewright.http;

import dev.gatewright.settings.IpNetwork;
import dev.gatewright.settings.ProxySettings;
import io.micronaut.http.HttpRequest;
import io.netty.util.NetUtil;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request comes from. That is the peer of the connection, unless the peer is a trusted proxy
 * ({@link ProxySettings}): then it is the last address in {@code X-Forwarded-For} that is no
 * trusted proxy itself, for each proxy appends whom it saw, and what stands before was there
 * already and may be anyone's invention.
 *
 * <p>{@code Forwarded} (RFC 7239) is not read. A proxy that writes the one header passes the other
 * on as its client sent it, so that of the two only one can be believed.
 */
@Singleton
public final class ClientAddresses {
  private static final String X_FORWARDED_FOR = "X-Forwarded-For";
  private static final String UNKNOWN = "unknown";
  private static final int IPV6_NETWORK_BYTES = 8;

  /**
   * An address in brackets or an IPv4 address, perhaps with a port; anything else is left as it is.
   */
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([^\\]]*)]|([0-9.]+))(?::[0-9]{1,5})?");

  private final List<IpNetwork> trusted;

  ClientAddresses(ProxySettings settings) {
    this.trusted = settings.networks();
  }

  /**
   * Whose attempts are counted together: an IPv4 address, or the first 64 bits of an IPv6 address,
   * since one household has them all.
   */
  public String of(HttpRequest<?> request) {
    return find(request).map(ClientAddresses::network).orElse(UNKNOWN);
  }

  /**
   * The whole address in its textual form (RFC 5952), 45 characters at most; empty when there is
   * none.
   */
  public Optional<String> literal(HttpRequest<?> request) {
    return find(request).map(NetUtil::toAddressString);
  }

  private Optional<InetAddress> find(HttpRequest<?> request) {
    @Nullable InetAddress peer = request.getRemoteAddress().getAddress();
    return peer == null
        ? Optional.empty()
        : Optional.of(behind(peer, request.getHeaders().getAll(X_FORWARDED_FOR)));
  }

  /**
   * The farthest address that is known for sure.
   *
   * @param lines of the header, in their order (RFC 9110 §5.3)
   */
  InetAddress behind(InetAddress peer, List<String> lines) {
    InetAddress known = IpNetwork.unmapped(peer);
    List<String> nodes = List.of(String.join(",", lines).split(",", -1));
    for (String node : nodes.reversed()) {
      Optional<InetAddress> before = isTrusted(known) ? address(node.strip()) : Optional.empty();
      if (before.isEmpty()) {
        return known;
      }
      known = before.get();
    }
    return known;
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  private static Optional<InetAddress> address(String node) {
    Matcher withPort = WITH_PORT.matcher(node);
    return IpNetwork.address(withPort.matches() ? withPort.replaceFirst("$1$2") : node);
  }

  static String network(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES)) + "/64"
        : address.getHostAddress();
  }
}
