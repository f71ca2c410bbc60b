package dev.gatewright.client;

import dev.gatewright.client.auth.Discovery;
import dev.gatewright.client.concurrent.Background;
import dev.gatewright.client.http.Retries;
import dev.gatewright.client.transport.HttpTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sets up the way to a server. Not for more than one thread; what it builds is. */
public final class GatewrightBuilder {

  private final URI issuer;
  private @Nullable HttpClient httpClient;
  private Duration connectTimeout = HttpTransport.DEFAULT_CONNECT_TIMEOUT;
  private Duration timeout = HttpTransport.DEFAULT_TIMEOUT;
  private Retries retries = Retries.DEFAULT;
  private Clock clock = Clock.systemUTC();
  private boolean plainHttpAllowed;

  GatewrightBuilder(URI issuer) {
    this.issuer = issuer;
  }

  /**
   * The HTTP client (proxy, trust store); it should not follow redirects, and has its own connect
   * timeout.
   */
  public GatewrightBuilder httpClient(HttpClient httpClient) {
    this.httpClient = httpClient;
    return this;
  }

  /** The most that reaching the server may take, 10 seconds unless said otherwise. */
  public GatewrightBuilder connectTimeout(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
    return this;
  }

  /** The most that one attempt of a call may take, 30 seconds unless said otherwise. */
  public GatewrightBuilder timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /** How often and how long a call is tried; {@link Retries#NONE} for once. */
  public GatewrightBuilder retries(Retries retries) {
    this.retries = retries;
    return this;
  }

  /** The clock by which tokens expire. */
  public GatewrightBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Allows {@code http} to other machines. Whoever listens in gets the tokens: for closed test
   * networks only.
   */
  public GatewrightBuilder allowPlainHttp() {
    this.plainHttpAllowed = true;
    return this;
  }

  /**
   * Discovers the server now.
   *
   * @throws IllegalArgumentException if the issuer is not {@code https}, or has a query or a
   *     fragment
   * @throws dev.gatewright.client.error.TransportException if the server does not answer
   * @throws dev.gatewright.client.error.RefusedResponseException if the metadata is another
   *     issuer's or unusable
   */
  public Gatewright connect() {
    Gatewright gatewright = build();
    gatewright.provider();
    return gatewright;
  }

  /** As {@link #connect}, without waiting. */
  public CompletableFuture<Gatewright> connectAsync() {
    return Background.supply("discovery", this::connect);
  }

  /**
   * Leaves discovery for when it is first needed, so that a program can start before its server.
   *
   * @throws IllegalArgumentException if the issuer is not {@code https}, or has a query or a
   *     fragment
   */
  public Gatewright build() {
    HttpClient client = httpClient;
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(connectTimeout).build();
    }
    HttpTransport transport = new HttpTransport(client, timeout, retries, plainHttpAllowed);
    return new Gatewright(new Discovery(issuer, transport, clock), transport, issuer);
  }
}
