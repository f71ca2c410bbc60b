package dev.gatewright.client.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Threads for what takes several answers of the server; they keep no program from ending. */
public final class Background {

  private Background() {}

  /** Work whose result is waited for. */
  public static <T extends @Nullable Object> CompletableFuture<T> supply(
      String name, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    run(
        name,
        () -> {
          try {
            result.complete(work.get());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** Work that tells its result itself; on the caller's thread when there cannot be another. */
  public static void run(String name, Runnable work) {
    Thread thread = new Thread(work, "gatewright-" + name);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      work.run();
    }
  }
}
