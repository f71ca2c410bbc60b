package dev.gatewright.client.concurrent;

import dev.gatewright.client.error.GatewrightException;
import dev.gatewright.client.error.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The synchronous half of everything: waiting for what was begun asynchronously. */
public final class Waiting {

  private Waiting() {}

  /**
   * Waits for what nobody else waits for. It is given up when the thread is interrupted, and a
   * failure shows where it was waited for.
   */
  public static <T extends @Nullable Object> T alone(CompletableFuture<T> future) {
    try {
      return together(future);
    } catch (GatewrightException e) {
      if (Thread.currentThread().isInterrupted()) {
        future.cancel(true);
      }
      e.fillInStackTrace();
      throw e;
    }
  }

  /** Waits for what others may wait for, too: who is interrupted leaves it to them. */
  public static <T extends @Nullable Object> T together(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("Interrupted while waiting for the authorization server", e);
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
