package dev.gatewright.persistence.ledger;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The same for each of many, a few at a time. */
final class Parallel {
  private static final int AT_ONCE = 8;

  private Parallel() {}

  static <T> void each(List<T> things, Consumer<T> work) {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<? extends Future<?>> running =
          things.stream().map(thing -> threads.submit(() -> work.accept(thing))).toList();
      for (Future<?> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
