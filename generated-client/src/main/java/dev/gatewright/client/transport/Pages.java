package dev.gatewright.client.transport;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A list that comes in pages, as a stream: a page is asked for when its first item is. */
public final class Pages {

  private Pages() {}

  /**
   * The items of all pages.
   *
   * @param fetch asks for the page at a cursor, null for the first
   * @param items what is on a page
   * @param next the cursor of the page after it, null on the last
   */
  public static <P, T> Stream<T> stream(
      Function<@Nullable String, P> fetch,
      Function<P, List<T>> items,
      Function<P, @Nullable String> next) {
    Iterator<T> iterator =
        new Iterator<>() {
          private @Nullable String cursor;
          private boolean last;
          private Iterator<T> page = List.<T>of().iterator();

          @Override
          public boolean hasNext() {
            while (!page.hasNext() && !last) {
              P fetched = fetch.apply(cursor);
              page = items.apply(fetched).iterator();
              cursor = next.apply(fetched);
              last = cursor == null;
            }
            return page.hasNext();
          }

          @Override
          public T next() {
            if (!hasNext()) {
              throw new NoSuchElementException();
            }
            return page.next();
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }
}
