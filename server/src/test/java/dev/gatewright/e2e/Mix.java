package dev.gatewright.e2e;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A thousand calls in an order that is always the same, and looks like none. */
final class Mix {
  private Mix() {}

  static List<Load.Call> of(List<Load.Call> calls) {
    List<Load.Call> order = new ArrayList<>();
    calls.forEach(call -> order.addAll(Collections.nCopies(call.share(), call)));
    Collections.shuffle(order, new Random(1));
    return List.copyOf(order);
  }
}
