package dev.gatewright.http.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that slow callers make the server hold: of requests that have not arrived whole, and of
 * large answers that are not taken yet. Bounded in all, however many callers there are.
 */
final class HeldMemory {
  private final AtomicLong held = new AtomicLong();
  private final long most;

  HeldMemory(long most) {
    this.most = most;
  }

  /** Takes so many bytes; false when there are not as many left. */
  boolean take(long bytes) {
    if (held.addAndGet(bytes) <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }

  long held() {
    return held.get();
  }
}
