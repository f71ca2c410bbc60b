package dev.gatewright;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Somebody else's web site, on {@code https://localhost} with a certificate by the tests' own
 * authority: where a client keeps its keys and request objects, or waits for logout tokens.
 */
public final class TlsSite implements AutoCloseable {
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Visit> visits = new CopyOnWriteArrayList<>();

  private TlsSite(HttpsServer server) {
    this.server = server;
  }

  public static TlsSite start() {
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.site()));
      TlsSite site = new TlsSite(server);
      server.setExecutor(site.threads);
      server.start();
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The certificate to trust, in PEM. */
  public static Path authority() {
    return TestCertificates.authority();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url(String path) {
    return "https://localhost:" + port() + path;
  }

  /** Configuration of a server that may ask this site. */
  public Map<String, Object> trusted() {
    return Map.of(
        "gatewright.outbound.allowed-hosts",
        "localhost:" + port(),
        "gatewright.outbound.ca-file",
        authority().toString());
  }

  /** Answers 200 with a document at a path, from now on. */
  public TlsSite serve(String path, String mediaType, String body) {
    return serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", mediaType);
          answer(exchange, 200, body);
        });
  }

  /** Answers at a path, from now on. */
  public TlsSite serve(String path, HttpHandler handler) {
    remove(path);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (exchange.getRequestURI().getPath().equals(path)) {
              visits.add(Visit.of(exchange));
              handler.handle(exchange);
            } else {
              answer(exchange, 404, ""); // the JDK's server takes a path for all below it
            }
          }
        });
    return this;
  }

  /** Answers 404 at a path, from now on. */
  public void remove(String path) {
    try {
      server.removeContext(path);
    } catch (IllegalArgumentException e) {
      // there was none
    }
  }

  /** Sends a whole answer. */
  public static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Who came to a path, in order. */
  public List<Visit> visits(String path) {
    return visits.stream().filter(visit -> visit.path().equals(path)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** A request that came. */
  public record Visit(String method, String path, Map<String, List<String>> headers, String body) {
    static Visit of(HttpExchange exchange) throws IOException {
      return new Visit(
          exchange.getRequestMethod(),
          exchange.getRequestURI().toString(),
          Map.copyOf(exchange.getRequestHeaders()),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
