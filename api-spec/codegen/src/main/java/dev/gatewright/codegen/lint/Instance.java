package dev.gatewright.codegen.lint;

import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether a value is what a schema of OpenAPI 3.0 says; names the line of what is not. */
final class Instance {
  private final ContractFiles files;
  private final Findings findings;

  Instance(ContractFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  /**
   * Checks a value.
   *
   * @param what how findings call it
   */
  void matches(Part value, Part reference, String what) {
    Part schema = files.followed(reference);
    if (value.isNull() && schema.member("nullable").isTrue()) {
      return;
    }
    schema.member("allOf").items().forEach(part -> matches(value, part, what));
    Part type = schema.member("type");
    if (!isOfType(value, type.text())) {
      wrong(value, what, "is not of type " + type.text());
      return;
    }
    List<String> allowed = schema.member("enum").texts();
    if (!allowed.isEmpty() && !allowed.contains(value.text())) {
      wrong(value, what, "is none of " + allowed);
    }
    switch (type.text()) {
      case "string" -> text(value, schema, what);
      case "integer", "number" -> number(value, schema, what);
      case "array" -> array(value, schema, what);
      case "object" -> object(value, schema, what);
      default -> {}
    }
  }

  private static boolean isOfType(Part value, String type) {
    return switch (type) {
      case "string" -> value.isText();
      case "integer" -> value.isInteger();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isList();
      case "object" -> value.isMap();
      default -> true;
    };
  }

  private void text(Part value, Part schema, String what) {
    String text = value.text();
    int length = text.codePointCount(0, text.length());
    if (length < limit(schema, "minLength", 0)
        || length > limit(schema, "maxLength", Integer.MAX_VALUE)) {
      wrong(value, what, "is too short or too long: " + length);
    }
    String pattern = schema.member("pattern").text();
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
      wrong(value, what, "does not match " + pattern);
    }
    String format = schema.member("format").text();
    if (!hasFormat(text, format)) {
      wrong(value, what, "is no " + format);
    }
  }

  private static boolean hasFormat(String text, String format) {
    try {
      return switch (format) {
        case "uuid" -> text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        case "uri" -> URI.create(text).isAbsolute();
        case "date-time" -> OffsetDateTime.parse(text) != null;
        case "date" -> LocalDate.parse(text) != null;
        default -> true;
      };
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void number(Part value, Part schema, String what) {
    double number = Double.parseDouble(value.text());
    if (number < limit(schema, "minimum", Double.NEGATIVE_INFINITY)
        || number > limit(schema, "maximum", Double.POSITIVE_INFINITY)) {
      wrong(value, what, "is out of bounds");
    }
  }

  private void array(Part value, Part schema, String what) {
    int size = value.items().size();
    if (size < limit(schema, "minItems", 0)
        || size > limit(schema, "maxItems", Integer.MAX_VALUE)) {
      wrong(value, what, "has too few or too many items: " + size);
    }
    value.items().forEach(item -> matches(item, schema.member("items"), what));
  }

  private void object(Part value, Part schema, String what) {
    Map<String, Part> properties = schema.member("properties").members();
    Map<String, Part> members = value.members();
    for (String required : schema.member("required").texts()) {
      if (!members.containsKey(required)) {
        wrong(value, what, "lacks `" + required + "`");
      }
    }
    members.forEach((name, member) -> {
      if (properties.containsKey(name)) {
        matches(member, properties.get(name), what + "'s `" + name + "`");
      } else if (schema.member("additionalProperties").isMap()) {
        matches(member, schema.member("additionalProperties"), what + "'s `" + name + "`");
      } else if (!schema.member("additionalProperties").isTrue()
          && !schema.has("allOf")
          && schema.has("properties")) {
        wrong(member, what, "has `" + name + "`, which the schema does not know");
      }
    });
  }

  private static double limit(Part schema, String key, double otherwise) {
    return schema.member(key).isNumber()
        ? Double.parseDouble(schema.member(key).text())
        : otherwise;
  }

  private void wrong(Part value, String what, String why) {
    findings.add(Rule.EXAMPLE_MATCHES, value, what + " " + why);
  }
}
