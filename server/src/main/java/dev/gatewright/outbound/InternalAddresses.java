package dev.gatewright.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are not on the public internet: those of IANA's registries of special-purpose
 * addresses (RFC 6890), and those that only wrap one.
 */
final class InternalAddresses {
  private static final List<Network> IPV4 =
      networks(
          "0.0.0.0/8", // this network, unspecified
          "10.0.0.0/8", // private (RFC 1918)
          "100.64.0.0/10", // shared by carriers (RFC 6598)
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, and with it the metadata of clouds
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, broadcast

  /** All that is allocated to the public; loopback, unique-local and link-local lie outside. */
  private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

  private static final List<Network> IPV6 =
      networks(
          "2001::/23", // protocol assignments, and with them Teredo, which wraps IPv4
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which wraps IPv4 (RFC 3056)
          "3fff::/20"); // documentation

  /** The last four bytes are an IPv4 address behind a translator (RFC 6052 §2.1). */
  private static final Network NAT64 = Network.of("64:ff9b::/96");

  private InternalAddresses() {}

  /** Whether nothing that a stranger names may be asked for at this address. */
  static boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return IPV4.stream().anyMatch(network -> network.contains(bytes));
    }
    if (NAT64.contains(bytes)) {
      byte[] wrapped = Arrays.copyOfRange(bytes, 12, 16);
      return IPV4.stream().anyMatch(network -> network.contains(wrapped));
    }
    return !GLOBAL_UNICAST.contains(bytes)
        || IPV6.stream().anyMatch(network -> network.contains(bytes));
  }

  private static List<Network> networks(String... notations) {
    return Stream.of(notations).map(Network::of).toList();
  }

  /** The addresses that begin with the same bits. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Network(byte[] first, int bits) {
    static Network of(String notation) {
      String[] parts = notation.split("/", 2);
      try {
        return new Network(
            InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("Not a network: " + notation, e);
      }
    }

    boolean contains(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      int whole = bits / Byte.SIZE;
      int rest = Byte.SIZE - bits % Byte.SIZE;
      return Arrays.equals(first, 0, whole, address, 0, whole)
          && (rest == Byte.SIZE
              || (first[whole] & 0xFF) >> rest == (address[whole] & 0xFF) >> rest);
    }
  }
}
