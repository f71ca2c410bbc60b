package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.settings.ProxySettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whom a request is taken to come from, with {@code 192.0.2.1}, {@code 10.0.0.0/8} and {@code
 * 2001:db8:a::/48} as trusted proxies.
 */
class ClientAddressesTest {
  private static final ClientAddresses ADDRESSES =
      new ClientAddresses(new ProxySettings(List.of("192.0.2.1", "10.0.0.0/8", "2001:db8:a::/48")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 | 198.51.100.1                         | 203.0.113.9",
        "192.0.2.1   | 198.51.100.1                         | 198.51.100.1",
        "192.0.2.1   | 6.6.6.6, 198.51.100.1                | 198.51.100.1",
        "192.0.2.1   | 6.6.6.6, 198.51.100.1, 10.0.0.2      | 198.51.100.1",
        "192.0.2.1   | 6.6.6.6,198.51.100.1 ,10.0.0.2,10.1.1.1 | 198.51.100.1",
        "192.0.2.1   | 10.0.0.3, 10.0.0.2                   | 10.0.0.3",
        "192.0.2.1   | 2001:db8:1::7                        | 2001:db8:1::7",
        "2001:db8:a::1 | 198.51.100.1                       | 198.51.100.1",
        "2001:db8:b::1 | 198.51.100.1                       | 2001:db8:b::1",
        "192.0.2.1   | ::ffff:198.51.100.1                  | 198.51.100.1",
        "192.0.2.1   | 198.51.100.1, ::ffff:10.0.0.2        | 198.51.100.1"
      })
  void clientIsTheLastOneWhomNoTrustedProxyVouchesFurtherFor(
      String peer, String header, String client) {
    assertEquals(address(client), ADDRESSES.behind(address(peer), List.of(header)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.1:4711     | 198.51.100.1",
        "[2001:db8:1::7]:4711  | 2001:db8:1::7",
        "[2001:db8:1::7]       | 2001:db8:1::7"
      })
  void portsAreLeftOut(String header, String client) {
    assertEquals(address(client), ADDRESSES.behind(address("192.0.2.1"), List.of(header)));
  }

  /** What cannot be read tells nothing, and nothing before it is believed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''", "unknown", "_hidden", "198.51.100.1, unknown", "198.51.100.1,",
            "198.51.100.1 10.0.0.2",
        "198.51.100", "198.51.100.1:", "localhost", "[198.51.100.1", "fe80::1%eth0",
            "'\"198.51.100.1\"'"
      })
  void unreadableElementLeavesTheProxyItself(String header) {
    assertEquals(address("192.0.2.1"), ADDRESSES.behind(address("192.0.2.1"), List.of(header)));
  }

  /** RFC 9110 §5.3: several lines are one list, in their order. */
  @Test
  void linesOfTheHeaderAreOneList() {
    assertEquals(
        address("198.51.100.1"),
        ADDRESSES.behind(address("192.0.2.1"), List.of("6.6.6.6", "198.51.100.1", "10.0.0.2")));
    assertEquals(address("192.0.2.1"), ADDRESSES.behind(address("192.0.2.1"), List.of()));
  }

  /** A socket of both families names IPv4 peers by IPv6 addresses (RFC 4291 §2.5.5.2). */
  @Test
  void peerOfAnIpv6SocketIsKnownByItsIpv4Address() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xFF;
    mapped[11] = (byte) 0xFF;
    System.arraycopy(address("192.0.2.1").getAddress(), 0, mapped, 12, 4);
    InetAddress peer = Inet6Address.getByAddress(null, mapped, 0);

    assertEquals(address("198.51.100.1"), ADDRESSES.behind(peer, List.of("198.51.100.1")));
    assertEquals(address("192.0.2.1"), ADDRESSES.behind(peer, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
    "2001:db8:1:2:ffff::1, 20010db800010002/64",
    "fe80::1, fe80000000000000/64"
  })
  void householdsShareAnIpv6Network(String address, String network) {
    assertEquals(network, ClientAddresses.network(address(address)));
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
