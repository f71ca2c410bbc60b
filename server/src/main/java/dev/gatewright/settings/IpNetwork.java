package dev.gatewright.settings;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 network (RFC 4632 §3.1, RFC 4291 §2.3). Addresses of IPv4 that are written as
 * IPv6 ({@code ::ffff:192.0.2.1}, RFC 4291 §2.5.5.2) are IPv4 here.
 *
 * @param address its first address, of 4 or 16 bytes
 * @param prefixLength how many bits its addresses share
 */
public record IpNetwork(InetAddress address, int prefixLength) {
  private static final Pattern NOTATION = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");

  /** The JDK also reads {@code 10}, {@code 10.1} and {@code 010.0.0.1}, each as it likes. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address; empty for anything else, for
   * an address with bits behind the prefix, and for the network of all addresses.
   */
  static Optional<IpNetwork> parse(String text) {
    Matcher notation = NOTATION.matcher(text);
    if (!notation.matches()) {
      return Optional.empty();
    }
    return address(notation.group(1))
        .map(address -> {
          int bits = bits(address);
          String prefix = notation.group(2);
          return new IpNetwork(address, prefix == null ? bits : Integer.parseInt(prefix));
        })
        .filter(IpNetwork::isProper);
  }

  /** The address of a literal without a zone, an IPv4 address whole; no name is looked up. */
  public static Optional<InetAddress> address(String literal) {
    try {
      return LITERAL.matcher(literal).matches()
          ? Optional.of(InetAddress.ofLiteral(literal))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether an address is in this network. */
  public boolean contains(InetAddress candidate) {
    InetAddress plain = unmapped(candidate);
    return bits(address) == bits(plain) && prefix(address).equals(prefix(plain));
  }

  /** The IPv4 address that an IPv6 address stands for, or the address itself. */
  public static InetAddress unmapped(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("An address has 4 or 16 bytes", e);
    }
  }

  private boolean isProper() {
    return prefixLength >= 1
        && prefixLength <= bits(address)
        && number(address).equals(prefix(address).shiftLeft(bits(address) - prefixLength));
  }

  private BigInteger prefix(InetAddress of) {
    return number(of).shiftRight(bits(of) - prefixLength);
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * Byte.SIZE;
  }
}
