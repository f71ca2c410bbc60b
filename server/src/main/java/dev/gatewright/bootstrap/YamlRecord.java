package dev.gatewright.bootstrap;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.type.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record from a section: a component {@code clientName} from the field {@code client_name}.
 */
final class YamlRecord {
  private YamlRecord() {}

  /** The names of a record's fields, and more. */
  static String[] fields(Class<?> type, String... more) {
    return Stream.concat(fields(type), Stream.of(more)).toArray(String[]::new);
  }

  /** The record; what the section does not have is null. */
  static <T> T read(YamlSection at, Class<T> type) {
    BeanIntrospection<T> introspection = BeanIntrospection.getIntrospection(type);
    List<@Nullable Object> values = new ArrayList<>();
    for (Argument<?> component : introspection.getConstructorArguments()) {
      values.add(isUnwrapped(component) ? read(at, component.getType()) : value(at, component));
    }
    return introspection.instantiate(false, values.toArray());
  }

  /** A section that has the record's fields and no others. */
  private static <T> T whole(YamlSection at, Class<T> type) {
    at.allowOnly(fields(type).toArray(String[]::new));
    return read(at, type);
  }

  private static Stream<String> fields(Class<?> type) {
    return Arrays.stream(BeanIntrospection.getIntrospection(type).getConstructorArguments())
        .flatMap(component ->
            isUnwrapped(component)
                ? fields(component.getType())
                : Stream.of(field(component.getName())));
  }

  private static @Nullable Object value(YamlSection at, Argument<?> component) {
    String field = field(component.getName());
    Class<?> type = component.getType();
    if (type == String.class) {
      return at.text(field);
    }
    if (type == Boolean.class) {
      return at.flag(field);
    }
    if (type == Integer.class) {
      return at.integer(field);
    }
    if (type == List.class) {
      return at.texts(field);
    }
    if (type == Map.class) {
      return at.tree(field);
    }
    if (type.isRecord()) {
      return at.section(field).map(section -> whole(section, type)).orElse(null);
    }
    throw new IllegalStateException("No YAML is read as " + component);
  }

  private static boolean isUnwrapped(Argument<?> component) {
    return component.isAnnotationPresent(JsonUnwrapped.class);
  }

  private static String field(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
