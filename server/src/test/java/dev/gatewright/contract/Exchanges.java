package dev.gatewright.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What all servers of this JVM have answered since somebody last looked. */
final class Exchanges {
  private static final Queue<Exchange> SEEN = new ConcurrentLinkedQueue<>();

  private Exchanges() {}

  static void add(Exchange exchange) {
    SEEN.add(exchange);
  }

  /** All of them, each once. */
  static List<Exchange> take() {
    List<Exchange> taken = new ArrayList<>();
    for (Exchange next = SEEN.poll(); next != null; next = SEEN.poll()) {
      taken.add(next);
    }
    return taken;
  }
}
