package dev.gatewright.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewright.client.concurrent.Background;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.transport.Form;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits on the loopback interface for the browser to bring an authorization response (RFC 8252
 * §7.3).
 *
 * <p>It takes one answer, the one with the {@code state} of the request. Whatever else arrives,
 * from other pages or programs, is refused and changes nothing: another path, another method, a
 * {@code Host} that is not ours (DNS rebinding), another {@code state}.
 */
public final class LoopbackReceiver implements AutoCloseable {

  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final String DEFAULT_PATH = "/callback";

  private final HttpServer server;
  private final ExecutorService threads;
  private final URI redirectUri;
  private final CompletableFuture<URI> answer = new CompletableFuture<>();
  private volatile @Nullable String state;

  private LoopbackReceiver(HttpServer server, URI redirectUri) {
    this.server = server;
    this.redirectUri = redirectUri;
    this.threads =
        Executors.newCachedThreadPool(work -> {
          Thread thread = new Thread(work, "gatewright-loopback");
          thread.setDaemon(true);
          return thread;
        });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Begins to listen at {@code http://127.0.0.1:<a free port>/callback}, which a native client
   * registers without the port.
   *
   * @throws TransportException if nothing can listen there
   */
  public static LoopbackReceiver open() {
    return open(URI.create("http://" + DEFAULT_HOST + DEFAULT_PATH));
  }

  /**
   * Begins to listen at a redirect URI of this machine; at a free port when it names none.
   *
   * @param redirectUri {@code http} at {@code 127.0.0.1}, {@code [::1]} or {@code localhost}
   * @throws IllegalArgumentException if it is not on the loopback interface
   * @throws TransportException if nothing can listen there
   */
  public static LoopbackReceiver open(URI redirectUri) {
    String host = redirectUri.getHost();
    if (!"http".equals(redirectUri.getScheme())
        || host == null
        || !host.matches("127\\.0\\.0\\.1|\\[::1]|localhost")) {
      throw new IllegalArgumentException("Not a redirect URI of this machine: " + redirectUri);
    }
    try {
      InetAddress address = InetAddress.getByName(host.equals("localhost") ? DEFAULT_HOST : host);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(address, Math.max(redirectUri.getPort(), 0)), 0);
      String path = redirectUri.getRawPath().isEmpty() ? "/" : redirectUri.getRawPath();
      return new LoopbackReceiver(
          server, URI.create("http://" + host + ":" + server.getAddress().getPort() + path));
    } catch (IOException e) {
      throw new TransportException("Nothing can listen at " + redirectUri, e);
    }
  }

  /** Where the browser has to be sent back to. */
  public URI redirectUri() {
    return redirectUri;
  }

  /**
   * Waits for the answer to a request.
   *
   * @return the redirect, for {@link OAuth2Session#fetchToken(URI, AuthorizationRequest)}
   * @throws AuthorizationRequiredException if none comes in time
   */
  public URI await(AuthorizationRequest request, Duration timeout) {
    expect(request);
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AuthorizationRequiredException(
          "Nobody came back from the browser within " + timeout.toSeconds() + " seconds");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("Interrupted while waiting for the browser", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The answer is a value", e);
    }
  }

  /** What to wait for; to be said before the browser is opened. */
  void expect(AuthorizationRequest request) {
    state = request.state();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (!redirectUri.getRawAuthority().equalsIgnoreCase(host)) {
        LoopbackPage.send(exchange, 400, LoopbackPage.REFUSED);
      } else if (!redirectUri.getRawPath().equals(asked.getRawPath())) {
        LoopbackPage.send(exchange, 404, LoopbackPage.REFUSED);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        LoopbackPage.send(exchange, 405, LoopbackPage.REFUSED);
      } else {
        receive(exchange, asked);
      }
    }
  }

  private void receive(HttpExchange exchange, URI asked) throws IOException {
    Optional<Map<String, String>> parameters = parameters(asked);
    if (parameters.isEmpty() || !isExpected(parameters.get().get("state"))) {
      LoopbackPage.send(exchange, 400, LoopbackPage.REFUSED);
      return;
    }
    boolean error = parameters.get().containsKey("error");
    LoopbackPage.send(exchange, 200, error ? LoopbackPage.NOT_DONE : LoopbackPage.DONE);
    answer.complete(URI.create(redirectUri + "?" + asked.getRawQuery()));
  }

  private boolean isExpected(@Nullable String given) {
    String expected = state;
    return given != null
        && expected != null
        && MessageDigest.isEqual(given.getBytes(UTF_8), expected.getBytes(UTF_8));
  }

  private static Optional<Map<String, String>> parameters(URI asked) {
    try {
      return Optional.of(Form.parse(asked.getRawQuery()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Stops listening; the page that is being sent is sent to its end. */
  @Override
  public void close() {
    Background.run(
        "loopback-close",
        () -> {
          server.stop(1);
          threads.shutdown();
        });
  }

  @Override
  public String toString() {
    return "LoopbackReceiver[" + redirectUri + "]";
  }
}
