package dev.gatewright.client.transport;

import dev.gatewright.client.concurrent.Waiting;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.http.Retries;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Sends requests, each bounded in time from the first byte to the last, again where that is safe,
 * and only where nobody listens in.
 *
 * @param client the HTTP client; it should not follow redirects
 * @param timeout the most that one attempt may take
 * @param retries how often and how long a request is tried
 * @param plainHttpAllowed whether {@code http} is good enough for hosts other than this machine
 */
public record HttpTransport(
    HttpClient client, Duration timeout, Retries retries, boolean plainHttpAllowed) {

  /** The most that reaching the server may take, unless said otherwise. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** The most that one attempt may take, unless said otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  /** A transport with an HTTP client of its own and everything at its default. */
  public static HttpTransport withDefaults() {
    return new HttpTransport(
        HttpClient.newBuilder().connectTimeout(DEFAULT_CONNECT_TIMEOUT).build(),
        DEFAULT_TIMEOUT,
        Retries.DEFAULT,
        false);
  }

  /**
   * Sends a request and waits for its answer, whatever its status.
   *
   * @param request makes the request, anew for each attempt
   * @throws TransportException if there is no answer
   */
  public HttpResponse<String> send(Supplier<HttpRequest> request, Repeat repeat) {
    return Waiting.alone(sendAsync(request, BodyHandlers.ofString(), repeat));
  }

  /** As {@link #send}, without waiting: what it throws is what the future fails with. */
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      Supplier<HttpRequest> request, BodyHandler<T> bodyHandler, Repeat repeat) {
    return new Exchange<>(this, request, bodyHandler, repeat).start();
  }

  /**
   * Whether tokens and secrets may travel there: by TLS, or within this machine (RFC 6749 §1.6, RFC
   * 8252 §8.3).
   */
  public boolean isSafe(URI uri) {
    if (uri.getHost() == null) {
      return false;
    }
    if ("https".equalsIgnoreCase(uri.getScheme())) {
      return true;
    }
    return "http".equalsIgnoreCase(uri.getScheme())
        && (plainHttpAllowed || LOOPBACK.matcher(uri.getHost()).matches());
  }

  /**
   * Lets only an issuer pass that tokens and secrets may be sent to.
   *
   * @throws IllegalArgumentException if it is not an {@code https} URI without query and fragment
   */
  public void requireSafe(URI issuer) {
    if (!isSafe(issuer) || issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The issuer must be an https URI (http only on this machine) without query and fragment: "
              + issuer);
    }
  }

  /** An address of the issuer's: {@code /api/user} of {@code https://id.example}. */
  public static URI at(URI issuer, String path) {
    return URI.create(issuer.toString().replaceFirst("/$", "") + path);
  }
}
