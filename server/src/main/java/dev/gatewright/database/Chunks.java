package dev.gatewright.database;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Deletes many rows a few at a time, each few in a short transaction of its own, so that nobody
 * waits for them.
 */
public final class Chunks {
  private static final int MOST = 1000;

  private Chunks() {}

  /**
   * Deletes until nothing is found, and at most a thousand chunks at one go.
   *
   * @param find keys of rows to delete, some hundred at most
   * @param delete deletes the rows of these keys
   */
  public static void delete(Supplier<List<byte[]>> find, Consumer<List<byte[]>> delete) {
    for (int chunk = 0; chunk < MOST; chunk++) {
      List<byte[]> keys = find.get();
      if (keys.isEmpty()) {
        return;
      }
      delete.accept(keys);
    }
  }
}
