package dev.gatewright.crypto;

import dev.gatewright.settings.PasswordSettings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.http.server.netty.NettyHttpRequest;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The few platform threads that hash passwords, and the bounded queue before them. A login storm
 * fills this queue and nothing else: the virtual threads that serve requests only wait here, and
 * their carriers stay free.
 *
 * <p>Nobody waits for longer than is configured, and nothing is hashed for a caller who has gone.
 */
@Singleton
final class PasswordThreads {
  private final ThreadPoolExecutor executor;
  private final Duration longestWait;

  PasswordThreads(PasswordSettings settings) {
    int size =
        settings.threads() == 0 ? Runtime.getRuntime().availableProcessors() : settings.threads();
    longestWait = settings.longestWait();
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
   * @throws PasswordHasher.Busy when the queue is full, its turn did not come in time, or the
   *     server is stopping
   */
  <T> T call(Callable<T> work) {
    Turn<T> turn = Turn.of(work);
    try {
      executor.execute(turn.task());
      return waitFor(turn);
    } catch (RejectedExecutionException | CancellationException e) {
      throw new PasswordHasher.Busy();
    } catch (InterruptedException e) {
      turn.giveUp();
      Thread.currentThread().interrupt();
      throw new PasswordHasher.Busy();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PasswordHasher.Busy busy) {
        throw busy;
      }
      throw new IllegalStateException("A password could not be hashed", e.getCause());
    }
  }

  private <T> T waitFor(Turn<T> turn) throws InterruptedException, ExecutionException {
    try {
      return turn.task().get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (turn.giveUp()) {
        executor.remove(turn.task());
        throw new PasswordHasher.Busy();
      }
      return turn.task().get();
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

  /**
   * Work that waits for a thread.
   *
   * @param decided set by who comes first: the thread that begins it, or who no longer waits
   */
  private record Turn<T>(FutureTask<T> task, AtomicBoolean decided) {

    static <T> Turn<T> of(Callable<T> work) {
      AtomicBoolean decided = new AtomicBoolean();
      @Nullable HttpRequest<?> caller = ServerRequestContext.currentRequest().orElse(null);
      return new Turn<>(
          new FutureTask<>(() -> {
            if (!decided.compareAndSet(false, true) || hasGone(caller)) {
              throw new PasswordHasher.Busy();
            }
            return work.call();
          }),
          decided);
    }

    /** False when the work has begun. */
    boolean giveUp() {
      return decided.compareAndSet(false, true);
    }

    private static boolean hasGone(@Nullable HttpRequest<?> caller) {
      return caller instanceof NettyHttpRequest<?> request
          && !request.getChannelHandlerContext().channel().isActive();
    }
  }
}
