package dev.gatewright.client.store;

import dev.gatewright.client.error.TokenStoreException;
import dev.gatewright.client.error.TokenStoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One at a time, among the threads of this process by a lock in memory, and among processes by the
 * operating system's lock on a file, which ends with the process that holds it. That file is never
 * deleted: whoever waits for it would wait for another than the next to come.
 */
final class Turns {

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final Path lockFile;
  private final Duration patience;
  private final ReentrantLock threads;

  /**
   * @param patience how long to wait for one's turn
   */
  Turns(Path lockFile, Duration patience) {
    this.lockFile = lockFile;
    this.patience = patience;
    this.threads = THREADS.computeIfAbsent(lockFile, path -> new ReentrantLock());
  }

  /**
   * Does it when it is our turn; within itself, at once.
   *
   * @throws TokenStoreException if that does not come in time, or the thread is interrupted
   */
  <T> T take(Supplier<T> action) throws IOException {
    if (threads.isHeldByCurrentThread()) {
      return action.get();
    }
    long deadline = System.nanoTime() + patience.toNanos();
    lockThreads();
    try {
      try (FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        lock(channel, deadline); // closing it unlocks
        return action.get();
      }
    } finally {
      threads.unlock();
    }
  }

  private void lockThreads() {
    try {
      // At first without waiting: that works in an interrupted thread too.
      if (!threads.tryLock() && !threads.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy("Another thread has held the token file for too long");
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static void lock(FileChannel channel, long deadline) throws IOException {
    while (tryLock(channel) == null) {
      if (System.nanoTime() - deadline > 0) {
        throw busy("Another process has held the token file for too long");
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // This class, loaded twice in one process.
    }
  }

  private static TokenStoreException interrupted() {
    Thread.currentThread().interrupt();
    return busy("Interrupted while waiting for the token file");
  }

  private static TokenStoreException busy(String message) {
    return new TokenStoreException(Reason.BUSY, message, null);
  }
}
