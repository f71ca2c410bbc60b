package dev.gatewright.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Contenders that all begin in the same moment. */
final class Race {
  private Race() {}

  /** What each of them ended with. A failure of one fails the test. */
  static <T> List<T> run(int contenders, IntFunction<Callable<T>> contender) {
    CyclicBarrier start = new CyclicBarrier(contenders);
    try (ExecutorService threads = Executors.newFixedThreadPool(contenders)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < contenders; i++) {
        Callable<T> work = contender.apply(i);
        running.add(
            threads.submit(() -> {
              start.await(60, TimeUnit.SECONDS);
              return work.call();
            }));
      }
      List<T> outcomes = new ArrayList<>();
      for (Future<T> future : running) {
        outcomes.add(future.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw new AssertionError("A contender failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
