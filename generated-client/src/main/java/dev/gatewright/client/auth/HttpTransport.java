package dev.gatewright.client.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Sends requests, each bounded in time from the first byte to the last, and only where nobody
 * listens in.
 *
 * @param client the HTTP client; it should not follow redirects
 * @param timeout the most that one exchange may take
 * @param plainHttpAllowed whether {@code http} is good enough for hosts other than this machine
 */
record HttpTransport(HttpClient client, Duration timeout, boolean plainHttpAllowed) {

  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  /**
   * @throws TransportException if there is no answer
   */
  HttpResponse<String> send(HttpRequest request) {
    String call = TransportException.call(request.method(), request.uri());
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new TransportException(
          call + " was not answered within " + timeout.toSeconds() + " seconds", e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new TransportException(call + " was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new TransportException(call + " failed: " + cause.getClass().getSimpleName(), cause);
      }
      throw new TransportException(call + " failed", e.getCause());
    }
  }

  /**
   * Whether tokens and secrets may travel there: by TLS, or within this machine (RFC 6749 §1.6, RFC
   * 8252 §8.3).
   */
  boolean isSafe(URI uri) {
    if (uri.getHost() == null) {
      return false;
    }
    if ("https".equalsIgnoreCase(uri.getScheme())) {
      return true;
    }
    return "http".equalsIgnoreCase(uri.getScheme())
        && (plainHttpAllowed || LOOPBACK.matcher(uri.getHost()).matches());
  }
}
