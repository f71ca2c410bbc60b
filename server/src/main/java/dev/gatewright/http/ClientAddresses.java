package dev.gatewright.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.HttpServerConfiguration;
import io.netty.util.NetUtil;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request comes from, for limiting how often. Behind a proxy, {@code
 * micronaut.server.client-address-header} names the header to believe, and its last address is the
 * one that the proxy itself saw; without it no header is believed.
 */
@Singleton
public final class ClientAddresses {
  private static final String UNKNOWN = "unknown";
  private static final int IPV6_NETWORK_BYTES = 8;

  private final @Nullable String header;

  ClientAddresses(HttpServerConfiguration configuration) {
    this.header = configuration.getClientAddressHeader();
  }

  /**
   * The IPv4 address; or the first 64 bits of an IPv6 address, since one household has them all.
   */
  public String of(HttpRequest<?> request) {
    @Nullable String forwarded = header == null ? null : request.getHeaders().get(header);
    if (forwarded != null) {
      return network(forwarded.substring(forwarded.lastIndexOf(',') + 1).strip());
    }
    @Nullable InetAddress peer = request.getRemoteAddress().getAddress();
    return peer == null ? UNKNOWN : network(peer.getHostAddress());
  }

  /**
   * The whole address in its textual form (RFC 5952), 45 characters at most; empty when there is
   * none that can be read.
   */
  public Optional<String> literal(HttpRequest<?> request) {
    @Nullable String forwarded = header == null ? null : request.getHeaders().get(header);
    if (forwarded != null) {
      return literal(forwarded.substring(forwarded.lastIndexOf(',') + 1).strip());
    }
    @Nullable InetAddress peer = request.getRemoteAddress().getAddress();
    return peer == null ? Optional.empty() : literal(peer.getHostAddress());
  }

  private static Optional<String> literal(String address) {
    int zone = address.indexOf('%');
    try {
      return Optional.of(
          NetUtil.toAddressString(
              InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String network(String address) {
    int zone = address.indexOf('%');
    try {
      InetAddress literal = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
      return literal instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(literal.getAddress(), IPV6_NETWORK_BYTES))
              + "/64"
          : literal.getHostAddress();
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }
}
