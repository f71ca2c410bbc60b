package dev.gatewright.client.auth;

import dev.gatewright.client.concurrent.SingleFlight;
import dev.gatewright.client.concurrent.Waiting;
import dev.gatewright.client.transport.HttpTransport;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The provider of an issuer, discovered once and when first needed; a failure is not kept. One can
 * serve any number of sessions and verifiers, from any thread. For {@code Gatewright}, which hands
 * it on.
 */
public final class Discovery {

  private final URI issuer;
  private final HttpTransport transport;
  private final Clock clock;
  private final SingleFlight<Provider> flight = new SingleFlight<>("discovery");
  private volatile @Nullable Provider provider;

  /** Nothing is asked yet. */
  public Discovery(URI issuer, HttpTransport transport, Clock clock) {
    transport.requireSafe(issuer);
    this.issuer = issuer;
    this.transport = transport;
    this.clock = clock;
  }

  URI issuer() {
    return issuer;
  }

  HttpTransport transport() {
    return transport;
  }

  Clock clock() {
    return clock;
  }

  /** The provider; everyone who asks while it is being discovered waits for the same answer. */
  public Provider provider() {
    Provider known = provider;
    return known == null ? Waiting.together(flight.join(this::discover)) : known;
  }

  private Provider discover() {
    Provider discovered = Provider.discover(issuer, transport, clock);
    provider = discovered;
    return discovered;
  }
}
