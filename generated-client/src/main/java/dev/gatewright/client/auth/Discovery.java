package dev.gatewright.client.auth;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The provider, discovered once and when first needed. A failure is not kept. */
final class Discovery {

  private final URI issuer;
  private final HttpTransport transport;
  private final SingleFlight<Provider> flight = new SingleFlight<>("discovery");
  private volatile @Nullable Provider provider;

  Discovery(URI issuer, HttpTransport transport, @Nullable Provider provider) {
    this.issuer = issuer;
    this.transport = transport;
    this.provider = provider;
  }

  URI issuer() {
    return issuer;
  }

  HttpTransport transport() {
    return transport;
  }

  Provider provider() {
    Provider known = provider;
    return known == null ? flight.join(this::discover) : known;
  }

  private Provider discover() {
    Provider discovered = Provider.discover(issuer, transport);
    provider = discovered;
    return discovered;
  }
}
