package dev.gatewright.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that go on and on, each with a thread and a connection of its own. */
final class SteadyLoad implements AutoCloseable {
  private final List<Thread> callers = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean over;

  /** One call; whatever it throws is a failure of it. */
  interface Call {
    void make() throws Exception;
  }

  /** Adds a caller, who pauses for so long after each call. */
  void add(long pauseMillis, Call call) {
    callers.add(Thread.ofVirtual().start(() -> go(pauseMillis, call)));
  }

  private void go(long pauseMillis, Call call) {
    while (!over) {
      try {
        call.make();
      } catch (Exception | AssertionError e) {
        failures.add(String.valueOf(e));
      }
      calls.incrementAndGet();
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** How many calls were made so far. */
  int calls() {
    return calls.get();
  }

  /** What went wrong so far. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Ends it, after the calls that are under way. */
  @Override
  public void close() throws InterruptedException {
    over = true;
    for (Thread caller : callers) {
      caller.join();
    }
  }
}
