package dev.gatewright.persistence.ledger;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * The server nodes as callers reach them through a load balancer: any of them, and another one when
 * nothing listens. Keeps count of answers that nobody should ever get.
 */
final class Nodes implements AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final long SUSPECT_NANOS = Duration.ofSeconds(1).toNanos();

  private final List<String> urls;
  private volatile Duration patience = Duration.ofSeconds(5);
  private final Map<Integer, Long> suspects = new ConcurrentHashMap<>();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  Nodes(List<String> urls) {
    this.urls = List.copyOf(urls);
  }

  int size() {
    return urls.size();
  }

  /** How long an answer is waited for from now on. */
  void waitFor(Duration longest) {
    patience = longest;
  }

  /** Sends to some node; to the next when nothing listens there. */
  Reply send(Request request, Random random) {
    int first = random.nextInt(urls.size());
    if (isSuspect(first)) {
      first = (first + 1) % urls.size();
    }
    Reply reply = sendTo(first, request);
    for (int i = 1; i < urls.size() && reply.outcome() == Outcome.UNSENT; i++) {
      reply = sendTo((first + i) % urls.size(), request);
    }
    return reply;
  }

  /** Sends to this node. */
  Reply sendTo(int node, Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(urls.get(node) + request.path()))
            .timeout(patience)
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().forEach(builder::header);
    Reply reply = exchange(builder.build());
    if (reply.status() == 0) {
      suspects.put(node, System.nanoTime());
    }
    count(node, request, reply);
    return reply;
  }

  /** The answer of this node to what may be asked again. */
  Reply ask(int node, Request request) {
    Reply reply = sendTo(node, request);
    for (int i = 1; i < ATTEMPTS && !reply.acknowledged() && !reply.refused(); i++) {
      reply = sendTo(node, request);
    }
    if (reply.status() == 0) {
      throw new IllegalStateException("Node " + node + " does not answer " + request.path());
    }
    return reply;
  }

  private Reply exchange(HttpRequest request) {
    try {
      return Reply.of(client.send(request, BodyHandlers.ofString()));
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return Reply.unanswered(Outcome.UNSENT);
    } catch (IOException e) {
      return Reply.unanswered(Outcome.IN_DOUBT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As of a load balancer that looks after its servers once in a second. */
  private boolean isSuspect(int node) {
    Long since = suspects.get(node);
    return since != null && System.nanoTime() - since < SUSPECT_NANOS;
  }

  private synchronized void count(int node, Request request, Reply reply) {
    answers.merge(reply.status() == 0 ? "none" : String.valueOf(reply.status()), 1, Integer::sum);
    boolean unavailable =
        reply.status() == 503
            && (reply.headers().firstValue("Retry-After").isPresent()
                || request.path().equals("/health"));
    if (reply.status() >= 500 && !unavailable) {
      String path = request.path().replaceAll("\\?.*", "");
      wrong.add(
          "node %d %s %s: %d %s"
              .formatted(node + 1, request.method(), path, reply.status(), reply.body()));
    }
  }

  /** How many answers of each status there were. */
  synchronized Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }

  /** Answers 5xx that are not a 503 with {@code Retry-After}. */
  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
