package dev.gatewright.client.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.error.TokenStoreException;
import dev.gatewright.client.error.TokenStoreException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes and threads share a file of tokens. */
@Timeout(120)
class TokenFileProcessesTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("tokens");
  }

  @Test
  void twoProcessesTakeTurnsAndLoseNothing() throws Exception {
    List<Process> processes = List.of(Contender.start(file, 100), Contender.start(file, 100));
    for (Process process : processes) {
      process.getInputStream().readAllBytes();
      assertEquals(0, process.waitFor());
    }

    assertEquals(200, number());
  }

  @Test
  void threadsTakeTurnsAcrossStoresOfOneFile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> additions = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      EncryptedFileTokenStore store = EncryptedFileTokenStore.open(file, Contender.KEY);
      for (int times = 0; times < 10; times++) {
        additions.add(threads.submit(() -> store.exclusively(() -> Contender.add(store))));
      }
    }
    for (Future<?> addition : additions) {
      addition.get();
    }
    threads.shutdown();

    assertEquals(80, number());
  }

  @Test
  void aProcessKilledInTheMidstOfWritingLeavesWholeTokensAndNoLock() throws Exception {
    int before = 0;
    for (int round = 0; round < 5; round++) {
      Process process = Contender.start(file, Integer.MAX_VALUE);
      try (BufferedReader written = process.inputReader()) {
        for (int line = 0; line < 5 + 7 * round; line++) {
          written.readLine();
        }
        process.destroyForcibly();
        process.waitFor();
      }

      int after = number(); // which throws, unless all of them are there
      assertTrue(after >= before + 5 + 7 * round, before + " then " + after);
      before = after;
    }
    EncryptedFileTokenStore store = EncryptedFileTokenStore.open(file, Contender.KEY);
    store.exclusively(() -> Contender.add(store));
    assertEquals(before + 1, number());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of("tokens", "tokens.lock"), files.map(this::name).sorted().toList());
    }
  }

  @Test
  void whoWaitsTooLongForAnotherThreadIsTold() throws Exception {
    EncryptedFileTokenStore store =
        EncryptedFileTokenStore.open(file, new GivenKey(Contender.KEY), Duration.ofMillis(50));
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread other = new Thread(() -> store.exclusively(() -> waitFor(held, done)));
    other.start();
    held.await();

    TokenStoreException refusal =
        assertThrows(TokenStoreException.class, () -> store.save(Contender.numbered(1)));
    done.countDown();
    other.join();

    assertEquals(Reason.BUSY, refusal.reason());
    store.save(Contender.numbered(2));
    assertEquals(2, number());
  }

  @Test
  void anInterruptLosesNoTokens() {
    EncryptedFileTokenStore store = EncryptedFileTokenStore.open(file, Contender.KEY);
    Thread.currentThread().interrupt();
    store.exclusively(() -> {
      store.save(Contender.numbered(7)); // the server has taken the old one out of use already
      return null;
    });

    assertTrue(Thread.interrupted());
    assertEquals(7, number());
  }

  @Test
  void theLockFileIsNeverReplaced() throws Exception {
    EncryptedFileTokenStore store = EncryptedFileTokenStore.open(file, Contender.KEY);
    Object before = fileKey(directory.resolve("tokens.lock"));
    store.save(Contender.numbered(1));
    store.clear();
    EncryptedFileTokenStore.open(file, Contender.KEY).save(Contender.numbered(2));

    assertEquals(before, fileKey(directory.resolve("tokens.lock")));
  }

  private String name(Path path) {
    return path.getFileName().toString();
  }

  private static Object fileKey(Path path) throws IOException {
    return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  private int number() {
    return Contender.number(EncryptedFileTokenStore.open(file, Contender.KEY).load().orElseThrow());
  }

  private static Void waitFor(CountDownLatch held, CountDownLatch done) {
    held.countDown();
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return null;
  }
}
