package dev.gatewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A client's {@code backchannel_logout_uri}, on a {@link TlsSite}: remembers what it was told. */
public final class LogoutReceiver {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TlsSite site;
  private final String path;
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

  /** One that answers 200 until it is told otherwise. */
  public LogoutReceiver(TlsSite site) {
    this.site = site;
    this.path = "/logout/" + TestUsers.freshName();
    site.serve(
        path,
        exchange -> {
          Integer status = statuses.poll();
          exchange.getResponseHeaders().set("Cache-Control", "no-store");
          exchange.getResponseHeaders().set("Location", site.url(path));
          TlsSite.answer(exchange, status == null ? 200 : status, "");
        });
  }

  /** Answers so at first; then 200. */
  public LogoutReceiver answering(int... first) {
    for (int status : first) {
      statuses.add(status);
    }
    return this;
  }

  public String uri() {
    return site.url(path);
  }

  /** How many requests have come. */
  public int count() {
    return site.visits(path).size();
  }

  /** Every request, once there are so many. */
  public List<TlsSite.Visit> visits(int expected) {
    Instant end = Instant.now().plus(PATIENCE);
    while (count() < expected && Instant.now().isBefore(end)) {
      pause();
    }
    List<TlsSite.Visit> visits = site.visits(path);
    assertEquals(expected, visits.size(), () -> visits.toString());
    return visits;
  }

  /** The logout tokens of so many requests, in compact form. */
  public List<String> tokens(int expected) {
    return visits(expected).stream().map(LogoutReceiver::token).toList();
  }

  private static String token(TlsSite.Visit visit) {
    assertTrue(visit.body().startsWith("logout_token="), visit.body());
    return visit.body().substring("logout_token=".length());
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
