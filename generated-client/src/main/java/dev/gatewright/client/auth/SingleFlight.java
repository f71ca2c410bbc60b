package dev.gatewright.client.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done once, however many threads ask for it while it is being done. It runs on a
 * thread of its own, so that a caller who is interrupted, or gives up, takes nothing away from the
 * others.
 */
final class SingleFlight<T> {

  private final String name;
  private final AtomicReference<@Nullable CompletableFuture<T>> inFlight = new AtomicReference<>();

  /**
   * @param name what the work is, for thread dumps
   */
  SingleFlight(String name) {
    this.name = name;
  }

  /** The result of the work that is under way, or else of this. */
  T join(Supplier<T> work) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> running = inFlight.compareAndExchange(null, mine);
    if (running == null) {
      start(work, mine);
      running = mine;
    }
    return await(running);
  }

  private void start(Supplier<T> work, CompletableFuture<T> result) {
    Thread thread = new Thread(() -> run(work, result), "gatewright-" + name);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      run(
          () -> {
            throw e;
          },
          result);
    }
  }

  /**
   * The slot is free before the result is known, so whoever comes after it starts anew and looks
   * again.
   */
  private void run(Supplier<T> work, CompletableFuture<T> result) {
    try {
      T value = work.get();
      inFlight.set(null);
      result.complete(value);
    } catch (Throwable e) {
      inFlight.set(null);
      result.completeExceptionally(e);
    }
  }

  private T await(CompletableFuture<T> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("Interrupted while waiting for: " + name, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("The work failed", e.getCause());
    }
  }
}
