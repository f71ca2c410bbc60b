package dev.gatewright.client.transport;

import dev.gatewright.client.error.TransportException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request and its repetitions, until there is an answer to give or no use in going on. */
final class Exchange<T> {

  private final HttpTransport transport;
  private final Supplier<HttpRequest> request;
  private final BodyHandler<T> bodyHandler;
  private final Repeat repeat;
  private final long deadline;
  private final CompletableFuture<HttpResponse<T>> result = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<HttpResponse<T>> current;

  /**
   * @param request makes the request anew for each attempt: what is good for one request only (a
   *     client assertion) must not be sent twice
   */
  Exchange(
      HttpTransport transport,
      Supplier<HttpRequest> request,
      BodyHandler<T> bodyHandler,
      Repeat repeat) {
    this.transport = transport;
    this.request = request;
    this.bodyHandler = bodyHandler;
    this.repeat = repeat;
    this.deadline = System.nanoTime() + transport.retries().deadline().toNanos();
  }

  /** Begins; cancelling the result ends it. */
  CompletableFuture<HttpResponse<T>> start() {
    CompletableFuture<?> unused =
        result.whenComplete((answer, failure) -> {
          CompletableFuture<HttpResponse<T>> running = current;
          if (result.isCancelled() && running != null) {
            running.cancel(true);
          }
        });
    attempt(1);
    return result;
  }

  private void attempt(int number) {
    if (result.isDone()) {
      return;
    }
    try {
      HttpRequest next = request.get();
      CompletableFuture<HttpResponse<T>> exchange = transport.client().sendAsync(next, bodyHandler);
      current = exchange;
      long most = Math.min(transport.timeout().toNanos(), deadline - System.nanoTime());
      CompletableFuture<?> unused =
          exchange
              .copy()
              .orTimeout(Math.max(most, 1), TimeUnit.NANOSECONDS)
              .whenComplete((answer, failure) ->
                  surely(() -> ended(number, next, exchange, answer, failure)));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private void ended(
      int number,
      HttpRequest sent,
      CompletableFuture<?> exchange,
      @Nullable HttpResponse<T> answer,
      @Nullable Throwable failure) {
    if (answer != null) {
      answered(number, answer);
    } else if (failure instanceof TimeoutException) {
      // We are on the one thread that keeps the time for everybody.
      CompletableFuture<?> unused =
          CompletableFuture.runAsync(() -> {
            exchange.cancel(true);
            surely(() -> failed(number, sent, failure));
          });
    } else if (failure != null) {
      failed(number, sent, cause(failure));
    }
  }

  /** Whatever goes wrong, nobody waits for a result that never comes. */
  private void surely(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private void answered(int number, HttpResponse<T> answer) {
    boolean busy = answer.statusCode() == 429 || answer.statusCode() == 503;
    Optional<Duration> asked = RetryAfter.of(answer.headers());
    boolean repeatable =
        switch (repeat) {
          case IDEMPOTENT -> true;
          case UNDONE -> asked.isPresent();
          case UNSENT -> false;
        };
    if (!(busy && repeatable && again(number, asked.orElse(Duration.ZERO)))) {
      result.complete(answer);
    }
  }

  private void failed(int number, HttpRequest sent, Throwable failure) {
    boolean unsent =
        failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
    boolean broken = failure instanceof IOException && !(failure instanceof HttpTimeoutException);
    boolean repeatable = unsent || (broken && repeat == Repeat.IDEMPOTENT);
    if (!(repeatable && again(number, Duration.ZERO))) {
      result.completeExceptionally(exception(sent, failure));
    }
  }

  /** Tries again later, unless it was tried often or long enough. */
  private boolean again(int attemptsMade, Duration asked) {
    long jitter =
        ThreadLocalRandom.current()
            .nextLong(transport.retries().ceiling(attemptsMade).toNanos() + 1);
    long delay;
    try {
      delay = Math.addExact(asked.toNanos(), jitter);
    } catch (ArithmeticException e) {
      return false;
    }
    if (attemptsMade >= transport.retries().attempts() || delay >= deadline - System.nanoTime()) {
      return false;
    }
    CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS)
        .execute(() -> attempt(attemptsMade + 1));
    return true;
  }

  private TransportException exception(HttpRequest sent, Throwable failure) {
    String call = TransportException.call(sent.method(), sent.uri());
    if (failure instanceof TimeoutException) {
      return new TransportException(call + " was not answered in time", failure);
    }
    if (failure instanceof IOException) {
      return new TransportException(
          call + " failed: " + failure.getClass().getSimpleName(), failure);
    }
    return new TransportException(call + " failed", failure);
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? failure : cause;
  }
}
