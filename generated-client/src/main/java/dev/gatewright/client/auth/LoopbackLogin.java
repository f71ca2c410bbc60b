package dev.gatewright.client.auth;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a program on the user's machine logs the user in (RFC 8252 §7.3): the browser is opened, and
 * a receiver on the loopback interface waits for it to come back. Immutable; each method gives a
 * changed copy.
 */
public final class LoopbackLogin {

  private static final LoopbackLogin DEFAULT =
      new LoopbackLogin(SystemBrowser::openOrPrint, Duration.ofMinutes(5), Map.of());

  private final Consumer<URI> opener;
  private final Duration timeout;
  private final Map<String, String> parameters;

  private LoopbackLogin(Consumer<URI> opener, Duration timeout, Map<String, String> parameters) {
    this.opener = opener;
    this.timeout = timeout;
    this.parameters = parameters;
  }

  /**
   * Opens the system's browser, or writes the address to standard output where there is none, and
   * waits for five minutes.
   */
  public static LoopbackLogin withBrowser() {
    return DEFAULT;
  }

  /** Leaves it to the caller to send the user to an address, and waits for five minutes. */
  public static LoopbackLogin showing(Consumer<URI> show) {
    return new LoopbackLogin(show, DEFAULT.timeout, Map.of());
  }

  /** How long the user may take. */
  public LoopbackLogin timeout(Duration longest) {
    return new LoopbackLogin(opener, longest, parameters);
  }

  /**
   * Adds a parameter to the authorization request, such as {@code prompt} or {@code login_hint}.
   */
  public LoopbackLogin parameter(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new LoopbackLogin(opener, timeout, Map.copyOf(more));
  }

  void open(URI address) {
    opener.accept(address);
  }

  Duration timeout() {
    return timeout;
  }

  Map<String, String> parameters() {
    return parameters;
  }
}
