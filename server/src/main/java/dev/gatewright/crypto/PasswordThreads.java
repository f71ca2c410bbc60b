package dev.gatewright.crypto;

import dev.gatewright.settings.PasswordSettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few platform threads that hash passwords, and the bounded queue before them. A login storm
 * fills this queue and nothing else: the virtual threads that serve requests only wait here, and
 * their carriers stay free.
 */
@Singleton
final class PasswordThreads {
  private final ThreadPoolExecutor executor;

  PasswordThreads(PasswordSettings settings) {
    int size =
        settings.threads() == 0 ? Runtime.getRuntime().availableProcessors() : settings.threads();
    executor =
        new ThreadPoolExecutor(
            size,
            size,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(settings.queue()),
            Thread.ofPlatform().daemon().name("password-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Does the work on a thread of this pool and waits for it.
   *
   * @throws PasswordHasher.Busy when the queue is full, or the server is stopping
   */
  <T> T call(Callable<T> work) {
    Future<T> result;
    try {
      result = executor.submit(work);
    } catch (RejectedExecutionException e) {
      throw new PasswordHasher.Busy();
    }
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw new PasswordHasher.Busy();
    } catch (CancellationException e) {
      throw new PasswordHasher.Busy();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A password could not be hashed", e.getCause());
    }
  }

  /** How many passwords wait for a thread. */
  int waiting() {
    return executor.getQueue().size();
  }

  @PreDestroy
  void close() {
    executor.shutdown();
  }
}
