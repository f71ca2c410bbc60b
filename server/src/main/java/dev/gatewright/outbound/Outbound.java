package dev.gatewright.outbound;

import dev.gatewright.outbound.OutboundException.Reason;
import dev.gatewright.settings.OutboundSettings;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Fetches small documents from https addresses that clients name, and posts small forms there,
 * under guard against being turned on the operator's own network (RFC 9101 §10.4): a name is looked
 * up once, every address that it has must be public, and the connection is made to such an address
 * and no other. Redirects are not followed, no cookie or credential is sent, and time, size and
 * number are bounded. Hosts that the operator allows may be internal.
 *
 * <p>Waits for the network: not for the event loop, nor within a transaction.
 */
@Singleton
public final class Outbound {
  private static final String USER_AGENT = "Gatewright";
  private static final int AT_ONCE = 32;
  private static final int WAITING = 200;
  private static final int MOST_ADDRESSES = 4;

  private final OutboundSettings settings;
  private final NameResolution names;
  private final Connections connections;

  /** Platform threads, for looking up a name holds its thread. */
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("outbound-", 0).factory());

  Outbound(OutboundSettings settings, NameResolution names, Connections connections) {
    this.settings = settings;
    this.names = names;
    this.connections = connections;
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Fetches a document; its status must be 200.
   *
   * @param url https, without user information or fragment
   * @param mediaTypes those that it may have, in lower case and without parameters
   */
  public Document get(String url, Set<String> mediaTypes) throws OutboundException {
    HttpsUrl to = HttpsUrl.of(url);
    return send(
            to,
            () -> {
              FullHttpRequest get = request(to, HttpMethod.GET, "");
              get.headers().set(HttpHeaderNames.ACCEPT, String.join(", ", mediaTypes));
              return get;
            })
        .document(mediaTypes);
  }

  /**
   * Posts a form.
   *
   * @param url https, without user information or fragment
   * @return the status of the answer, whatever it is; its body is dropped
   */
  public int postForm(String url, Map<String, String> form) throws OutboundException {
    HttpsUrl to = HttpsUrl.of(url);
    String body =
        form.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
            to,
            () -> {
              FullHttpRequest post = request(to, HttpMethod.POST, body);
              post.headers()
                  .set(HttpHeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded")
                  .setInt(HttpHeaderNames.CONTENT_LENGTH, post.content().readableBytes());
              return post;
            })
        .status();
  }

  private Answer send(HttpsUrl to, Supplier<FullHttpRequest> request) throws OutboundException {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    Future<Answer> answer;
    try {
      answer = threads.submit(() -> send(to, request, deadline));
    } catch (RejectedExecutionException e) {
      throw new OutboundException(Reason.BUSY, "too many fetches wait already");
    }
    try {
      return answer.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new OutboundException(Reason.TIMED_OUT, to + " took too long");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutboundException(Reason.TIMED_OUT, "the fetch was given up");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutboundException failure) {
        throw new OutboundException(failure.reason(), to + ": " + failure.getMessage());
      }
      throw new IllegalStateException("A fetch failed", e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /** Tries the addresses one by one until somebody takes the connection. */
  private Answer send(HttpsUrl to, Supplier<FullHttpRequest> request, long deadline)
      throws OutboundException, InterruptedException {
    String failure = "it has no address";
    List<InetAddress> addresses = addresses(to);
    for (int i = 0; i < addresses.size(); i++) {
      Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      Duration forConnecting = left.dividedBy(addresses.size() - i);
      try (Connections.Open connection =
          connections.open(addresses.get(i), to.host(), to.port(), forConnecting)) {
        left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        return connection.exchange(request.get(), left);
      } catch (ConnectException e) {
        failure = String.valueOf(e.getMessage());
      }
    }
    throw new OutboundException(Reason.UNREACHABLE, failure);
  }

  /** The addresses of the host: none of them internal, or the host is one that may be. */
  private List<InetAddress> addresses(HttpsUrl to) throws OutboundException {
    List<InetAddress> addresses;
    try {
      addresses = names.addresses(to.host());
    } catch (UnknownHostException e) {
      throw new OutboundException(Reason.UNREACHABLE, "the name has no address");
    }
    if (!settings.allows(to.host(), to.port())
        && addresses.stream().anyMatch(InternalAddresses::contain)) {
      throw new OutboundException(
          Reason.REFUSED,
          "it has an internal address, and gatewright.outbound.allowed-hosts does not name it");
    }
    return addresses.subList(0, Math.min(addresses.size(), MOST_ADDRESSES));
  }

  private static FullHttpRequest request(HttpsUrl to, HttpMethod method, String body) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            method,
            to.target(),
            Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.US_ASCII)));
    request
        .headers()
        .set(HttpHeaderNames.HOST, to.authority())
        .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
        .set(HttpHeaderNames.ACCEPT_ENCODING, "identity")
        .set(HttpHeaderNames.CONNECTION, "close");
    return request;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
