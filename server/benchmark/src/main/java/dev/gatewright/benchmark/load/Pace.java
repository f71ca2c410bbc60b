package dev.gatewright.benchmark.load;

import java.util.ArrayDeque;
import java.util.Deque;

/** When acts begin. */
sealed interface Pace {
  /** A caller has nothing to do. */
  void idle(Caller caller);

  /** Whether an act that is completed at this time, in nanoseconds, counts. */
  boolean counts(long now);

  /** Whether no further act will begin. */
  boolean isOver(long now);

  /** A caller begins again as soon as it has been answered, so that no more wait than there are. */
  record Closed(long end) implements Pace {
    @Override
    public void idle(Caller caller) {
      caller.begin(System.nanoTime());
    }

    @Override
    public boolean counts(long now) {
      return now < end;
    }

    @Override
    public boolean isOver(long now) {
      return now >= end;
    }
  }

  /**
   * Acts begin when it is their time, however long others take. One for which no caller is free
   * waits, and its latency counts from when it should have begun; so a server that stalls is not
   * spared the acts that it would have been asked for meanwhile.
   */
  final class Open implements Pace {
    private final long period;
    private final long end;
    private final Deque<Caller> free = new ArrayDeque<>();
    private final Deque<Long> waiting = new ArrayDeque<>();
    private long next;

    Open(long begin, long end, long period) {
      this.next = begin;
      this.end = end;
      this.period = period;
    }

    /** Lets those begin whose time has come. */
    void tick(long now) {
      while (next <= now && next < end) {
        waiting.add(next);
        next += period;
      }
      while (!waiting.isEmpty() && !free.isEmpty()) {
        free.remove().begin(waiting.remove());
      }
    }

    @Override
    public void idle(Caller caller) {
      free.add(caller);
      tick(System.nanoTime());
    }

    @Override
    public boolean counts(long now) {
      return true;
    }

    @Override
    public boolean isOver(long now) {
      return now >= end && waiting.isEmpty();
    }
  }
}
