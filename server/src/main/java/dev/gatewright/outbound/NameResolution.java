package dev.gatewright.outbound;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The addresses of host names, as the machine's resolver knows them. */
@Singleton
class NameResolution {

  /**
   * Every address of a host; waits for the network.
   *
   * @param host as in a URL: a name, an IPv4 address, or an IPv6 address in brackets
   * @throws UnknownHostException when it has none
   */
  List<InetAddress> addresses(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }
}
