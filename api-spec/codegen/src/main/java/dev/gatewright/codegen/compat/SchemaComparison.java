package dev.gatewright.codegen.compat;

import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One type, before and now: what a request may say less, and what an answer says otherwise. */
final class SchemaComparison {

  /**
   * Who writes it. A caller is broken by a request that may say less, or an answer that says more.
   */
  enum Direction {
    REQUEST,
    ANSWER
  }

  private record Place(Direction direction, String operation, String what) {
    Place at(String field) {
      return new Place(direction, operation, field);
    }
  }

  private final References before;
  private final References now;
  private final Breaks breaks;
  private final Set<String> seen = new HashSet<>();

  SchemaComparison(References before, References now, Breaks breaks) {
    this.before = before;
    this.now = now;
    this.breaks = breaks;
  }

  /**
   * Compares.
   *
   * @param operation such as {@code GET /api/user}
   * @param what which part of it
   */
  void compare(
      Direction direction, String operation, String what, Schema<?> old, Schema<?> current) {
    compare(new Place(direction, operation, what), old, current);
  }

  private void compare(Place place, Schema<?> oldReference, Schema<?> reference) {
    Schema<?> old = before.schema(oldReference);
    Schema<?> current = now.schema(reference);
    if (old == null) {
      return;
    }
    if (current == null) {
      say(place, "no longer has a schema");
      return;
    }
    String name = oldReference.get$ref() == null ? null : References.name(oldReference.get$ref());
    if (name != null && !seen.add(place.direction() + name + reference.get$ref())) {
      return;
    }
    if (!Objects.equals(old.getType(), current.getType())) {
      say(place, "is of type %s, and was %s", current.getType(), old.getType());
      return;
    }
    if (!Objects.equals(old.getFormat(), current.getFormat())) {
      say(place, "has the format %s, and had %s", current.getFormat(), old.getFormat());
    }
    if (place.direction() == Direction.REQUEST) {
      narrowed(place, old, current);
    } else {
      widened(place, old, current);
    }
    fields(place, name, old, current);
    if (old.getItems() != null) {
      compare(place.at("each item of " + place.what()), old.getItems(), current.getItems());
    }
  }

  private void fields(Place place, String type, Schema<?> old, Schema<?> current) {
    Map<String, Schema<?>> fields = properties(current);
    boolean request = place.direction() == Direction.REQUEST;
    properties(old)
        .forEach((name, schema) -> {
          Place field = place.at(field(place, type, name));
          if (!fields.containsKey(name)) {
            say(field, request ? "is no longer read" : "was removed");
            return;
          }
          if (request && !requires(old, name) && requires(current, name)) {
            say(field, "became required");
          }
          if (!request && requires(old, name) && !requires(current, name)) {
            say(field, "may now be absent");
          }
          compare(field, schema, fields.get(name));
        });
    if (request) {
      for (String added : Breaks.gone(fields.keySet(), properties(old).keySet())) {
        if (requires(current, added)) {
          say(place.at(field(place, type, added)), "was added and is required");
        }
      }
    }
    if (old.getAdditionalProperties() instanceof Schema<?> values
        && current.getAdditionalProperties() instanceof Schema<?> values2) {
      compare(place.at("each value of " + place.what()), values, values2);
    }
  }

  private static String field(Place place, String type, String name) {
    return "`%s` of %s".formatted(name, type == null ? place.what() : type);
  }

  /** A request that was right is refused now. */
  private void narrowed(Place place, Schema<?> old, Schema<?> current) {
    for (Object value : values(old)) {
      if (current.getEnum() != null && !current.getEnum().contains(value)) {
        say(place, "no longer takes the value `%s`", value);
      }
    }
    if (old.getEnum() == null && current.getEnum() != null) {
      say(place, "takes only %s now", current.getEnum());
    }
    lower(place, "maxLength", old.getMaxLength(), current.getMaxLength());
    higher(place, "minLength", old.getMinLength(), current.getMinLength());
    lower(place, "maxItems", old.getMaxItems(), current.getMaxItems());
    higher(place, "minItems", old.getMinItems(), current.getMinItems());
    lower(place, "maximum", old.getMaximum(), current.getMaximum());
    higher(place, "minimum", old.getMinimum(), current.getMinimum());
    if (current.getPattern() != null && !current.getPattern().equals(old.getPattern())) {
      say(place, "has another pattern, %s", current.getPattern());
    }
    if (isTrue(old.getNullable()) && !isTrue(current.getNullable())) {
      say(place, "may no longer be null");
    }
    if (isTrue(current.getUniqueItems()) && !isTrue(old.getUniqueItems())) {
      say(place, "must have unique items now");
    }
    if (!Objects.equals(old.getDefault(), current.getDefault())) {
      say(place, "is %s where it is not sent, and was %s", current.getDefault(), old.getDefault());
    }
  }

  /** An answer says what it never said. */
  private void widened(Place place, Schema<?> old, Schema<?> current) {
    if (old.getEnum() != null) {
      if (current.getEnum() == null) {
        say(place, "may have any value now");
      } else {
        for (Object value : Breaks.gone(values(current), values(old))) {
          say(place, "may have the value `%s` now", value);
        }
      }
    }
    Integer longest = current.getMaxLength();
    if (old.getMaxLength() != null && (longest == null || longest > old.getMaxLength())) {
      say(place, "has maxLength %s now, and had %s", longest, old.getMaxLength());
    }
    if (!isTrue(old.getNullable()) && isTrue(current.getNullable())) {
      say(place, "may be null now");
    }
  }

  private void lower(Place place, String limit, Number old, Number current) {
    if (current != null && (old == null || number(current).compareTo(number(old)) < 0)) {
      say(place, "has %s %s now, and had %s", limit, current, old == null ? "none" : old);
    }
  }

  private void higher(Place place, String limit, Number old, Number current) {
    if (current != null && (old == null || number(current).compareTo(number(old)) > 0)) {
      say(place, "has %s %s now, and had %s", limit, current, old == null ? "none" : old);
    }
  }

  private void say(Place place, String sentence, Object... values) {
    String where = place.direction() == Direction.REQUEST ? "in the request, " : "in the answer, ";
    breaks.add(place.operation(), "%s%s %s", where, place.what(), sentence.formatted(values));
  }

  private static BigDecimal number(Number number) {
    return new BigDecimal(number.toString());
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the library's raw types
  private static Map<String, Schema<?>> properties(Schema<?> schema) {
    return schema.getProperties() == null ? Map.of() : (Map) schema.getProperties();
  }

  private static Collection<?> values(Schema<?> schema) {
    return schema.getEnum() == null ? List.of() : schema.getEnum();
  }

  private static boolean requires(Schema<?> schema, String name) {
    return schema.getRequired() != null && schema.getRequired().contains(name);
  }

  private static boolean isTrue(Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
