package dev.gatewright.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.settings.InvalidSettingException;
import dev.gatewright.settings.PasswordSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 9106 hashes, their parameters, their cost, and the bound on how many wait. */
class PasswordHasherTest {
  private final PasswordHasher hasher = hasher(settings(64, 1, 1, 2, 50));

  @Test
  void defaultParametersAreInTheHash() {
    PasswordSettings defaults = settings(19456, 2, 1, 0, 50);
    String hash = hasher(defaults).hash("correct horse");

    assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
  }

  @Test
  void hashIsOfItsPasswordAlone() {
    String hash = hasher.hash("correct horse");

    assertTrue(hasher.verify("correct horse", hash));
    assertFalse(hasher.verify("correct horse ", hash));
    assertFalse(hasher.verify("", hash));
  }

  @Test
  void samePasswordHasAnotherSaltEachTime() {
    assertNotEquals(hasher.hash("correct horse"), hasher.hash("correct horse"));
  }

  @Test
  void nobodyHasNoPassword() {
    assertFalse(hasher.verify("correct horse", null));
    assertFalse(hasher.verify("", null));
  }

  @Test
  void everyByteOfALongPasswordCounts() {
    String long256 = "\uD83D\uDE00".repeat(256);
    String hash = hasher.hash(long256);

    assertTrue(hasher.verify(long256, hash));
    assertFalse(hasher.verify("\uD83D\uDE00".repeat(255), hash));
  }

  @Test
  void loneSurrogateIsNeverTheQuestionMarkThatEncodersMakeOfIt() {
    String hash = hasher.hash("question?");

    assertFalse(hasher.verify("question\uD800", hash));
    assertThrows(IllegalArgumentException.class, () -> hasher.hash("question\uD800"));
  }

  @Test
  void raisedParametersAskForARehashAndLoweredOnesDoNot() {
    String hash = hasher.hash("correct horse");

    assertFalse(hasher.needsRehash(hash));
    assertTrue(hasher(settings(128, 1, 1, 1, 1)).needsRehash(hash));
    assertTrue(hasher(settings(64, 2, 1, 1, 1)).needsRehash(hash));
    assertFalse(hasher(settings(32, 1, 1, 1, 1)).needsRehash(hash));
    assertTrue(hasher.needsRehash("$2a$10$abcdefghijklmnopqrstuv"));
  }

  @Test
  void unknownUserCostsAsMuchAsAWrongPassword() {
    PasswordHasher costly = hasher(settings(19456, 2, 1, 1, 50));
    String hash = costly.hash("correct horse");
    costly.verify("warm-up", null);

    Duration wrong = median(() -> costly.verify("wrong", hash));
    Duration unknown = median(() -> costly.verify("wrong", null));

    double ratio = (double) unknown.toNanos() / wrong.toNanos();
    assertTrue(ratio > 0.5 && ratio < 2, "unknown " + unknown + ", wrong " + wrong);
  }

  @Test
  @Timeout(30)
  void overTheBoundItIsBusyAtOnceAndRecovers() throws Exception {
    PasswordThreads threads = new PasswordThreads(settings(64, 1, 1, 1, 1));
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<@Nullable String>> waiting = new ArrayList<>();
      waiting.add(
          callers.submit(() ->
              threads.call(() -> {
                running.countDown();
                release.await();
                return "first";
              })));
      running.await();
      waiting.add(callers.submit(() -> threads.call(() -> "second")));
      PasswordHasher.Busy busy = awaitBusy(threads);

      assertTrue(busy.retryAfterSeconds() > 0);
      release.countDown();
      assertEquals("first", waiting.get(0).get());
      assertEquals("second", waiting.get(1).get());
    }
    assertEquals("third", threads.call(() -> "third"));
  }

  /**
   * Tries until the queue's one place is taken, by the caller that is on its way there or by this
   * one.
   */
  private static PasswordHasher.Busy awaitBusy(PasswordThreads threads) {
    while (true) {
      if (threads.waiting() == 1) {
        return assertThrows(PasswordHasher.Busy.class, () -> threads.call(() -> "too many"));
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void settingsThatArgon2CannotHaveAreRefusedByName() {
    InvalidSettingException refusal =
        assertThrows(InvalidSettingException.class, () -> settings(4, 2, 1, 0, 50));

    assertTrue(
        String.valueOf(refusal.getMessage()).contains("gatewright.passwords.memory"),
        refusal.getMessage());
  }

  @Test
  @Timeout(30)
  void whoseTurnDoesNotComeInTimeIsAnsweredBusyAndLeavesTheQueue() throws Exception {
    PasswordThreads threads =
        new PasswordThreads(new PasswordSettings(64, 1, 1, 1, 1, Duration.ofMillis(100)));
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> first =
          callers.submit(() ->
              threads.call(() -> {
                running.countDown();
                release.await();
                return "first";
              }));
      running.await();

      assertThrows(PasswordHasher.Busy.class, () -> threads.call(() -> "second"));
      assertEquals(0, threads.waiting());
      release.countDown();
      assertEquals("first", first.get(), "what has begun is waited for, however long it takes");
    }
  }

  private static PasswordSettings settings(
      int memory, int iterations, int parallelism, int threads, int queue) {
    return new PasswordSettings(
        memory, iterations, parallelism, threads, queue, Duration.ofSeconds(30));
  }

  private static PasswordHasher hasher(PasswordSettings settings) {
    return new PasswordHasher(settings, new PasswordThreads(settings));
  }

  private static Duration median(Runnable work) {
    long[] nanos = new long[11];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos[nanos.length / 2]);
  }
}
