package dev.gatewright.audit;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What differs between two records of one type, by the contract's names. */
final class Differences {
  private Differences() {}

  /** Names in snake case; of a record within the record, its own. */
  static List<String> between(Record before, Record after) {
    List<String> names = new ArrayList<>();
    for (RecordComponent component : before.getClass().getRecordComponents()) {
      @Nullable Object old = value(before, component);
      @Nullable Object fresh = value(after, component);
      if (old instanceof Record one && fresh instanceof Record other) {
        names.addAll(between(one, other));
      } else if (!Objects.deepEquals(old, fresh)) {
        names.add(snakeCase(component.getName()));
      }
    }
    return names;
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Records that are compared must be public", e);
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
