package dev.gatewright.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxies can be trusted (RFC 4632 §3.1, RFC 4291 §2.3). */
class ProxySettingsTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "192.0.2.64/26, 192.0.2.127, true",
    "192.0.2.64/26, 192.0.2.128, false",
    "172.16.0.0/12, 172.31.255.255, true",
    "128.0.0.0/1, 255.0.0.1, true",
    "128.0.0.0/1, 127.0.0.1, false",
    "::ffff:192.0.2.7, 192.0.2.7, true",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "fc00::/7, fdff::1, true",
    "::1, ::1, true",
    "::1, 0.0.0.1, false",
    "0.0.0.1, ::1, false"
  })
  void networkHoldsTheAddressesOfItsPrefix(String network, String address, boolean holds) {
    IpNetwork trusted = new ProxySettings(List.of(network)).networks().getFirst();

    assertEquals(holds, trusted.contains(InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example",
        "localhost",
        "10",
        "10.1",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-8",
        "10.0.0.0/8/8",
        "10.0.0.1/8",
        "0.0.0.0/0",
        "::/0",
        "2001:db8::1/32",
        "2001:db8::/129",
        "::ffff:10.0.0.0/104",
        "fe80::1%eth0",
        "[::1]",
        "256.0.0.1",
        "010.0.0.1",
        "10.0.0.0 /8",
        "10.0.0.0-10.0.0.255",
        "*"
      })
  void anythingElseIsRefusedByName(String network) {
    InvalidSettingException refusal =
        assertThrows(
            InvalidSettingException.class, () -> new ProxySettings(List.of("192.0.2.1", network)));

    assertTrue(
        String.valueOf(refusal.getMessage())
            .startsWith(
                "gatewright.trusted-proxies is '" + network + "', but it must be IP addresses"),
        refusal.getMessage());
  }

  @Test
  void noProxyIsTrustedUntilOneIsNamed() {
    assertEquals(List.of(), new ProxySettings(List.of()).networks());
    assertEquals(List.of(), new ProxySettings(List.of(" ")).networks());
  }
}
