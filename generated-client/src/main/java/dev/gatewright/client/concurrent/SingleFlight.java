package dev.gatewright.client.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done once, however many callers ask for it while it is being done. It runs on a
 * thread of its own, so that a caller who is interrupted, or gives up, takes nothing away from the
 * others.
 */
public final class SingleFlight<T> {

  private final String name;
  private final AtomicReference<@Nullable CompletableFuture<T>> inFlight = new AtomicReference<>();

  /**
   * @param name what the work is, for thread dumps
   */
  public SingleFlight(String name) {
    this.name = name;
  }

  /** The result of the work that is under way, or else of this. */
  public CompletableFuture<T> join(Supplier<T> work) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> running = inFlight.compareAndExchange(null, mine);
    if (running == null) {
      Background.run(name, () -> run(work, mine));
      running = mine;
    }
    return running.copy(); // Whoever cancels what he got takes it away from nobody else.
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
}
