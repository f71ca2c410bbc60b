package dev.gatewright.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Values that a schema of the contract allows, by chance. */
final class SchemaValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int USUAL_LENGTH = 30;

  /** What strings are made of: names, protocol, markup, other scripts, what looks alike. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "7",
          " ",
          "-",
          "_",
          ".",
          "~",
          "/",
          "\\",
          "\"",
          "'",
          "<b>",
          "&amp;",
          "%41",
          "%",
          "+",
          "=",
          ";",
          ",",
          "@",
          ":",
          "#",
          "$",
          "{{1}}",
          "\u00e9",
          "e\u0301",
          "\u212b",
          "\ufb01",
          "\u202e",
          "\u200b",
          "\u0130",
          "\u4e2d",
          "\ud83d\ude00",
          "\t",
          "\n",
          "\u0085",
          "\u2028");

  private final ServedContract contract;
  private final Random random;

  SchemaValues(ServedContract contract, Random random) {
    this.contract = contract;
    this.random = random;
  }

  /** A value of a schema. */
  JsonNode of(JsonNode reference) {
    JsonNode schema = contract.resolve(reference);
    if (schema.path("nullable").asBoolean() && random.nextInt(10) == 0) {
      return JSON.nullNode();
    }
    if (schema.has("example") && random.nextInt(3) > 0) {
      return schema.get("example");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    return switch (schema.path("type").asText()) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "integer" -> integer(schema);
      case "number" -> JSON.numberNode(random.nextDouble());
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      default -> JSON.textNode(text(schema));
    };
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    boolean few = random.nextBoolean();
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          if (isRequired(schema, property.getKey()) || random.nextInt(few ? 8 : 2) == 0) {
            object.set(property.getKey(), of(property.getValue()));
          }
        });
    return object;
  }

  static boolean isRequired(JsonNode schema, String property) {
    for (JsonNode required : schema.path("required")) {
      if (required.asText().equals(property)) {
        return true;
      }
    }
    return false;
  }

  private ArrayNode array(JsonNode schema) {
    ArrayNode array = JSON.arrayNode();
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(schema.path("maxItems").asInt(3), least + 3);
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      array.add(of(schema.path("items")));
    }
    return array;
  }

  private JsonNode integer(JsonNode schema) {
    long widest = schema.path("format").asText().equals("int32") ? Integer.MAX_VALUE : 1L << 53;
    long least = schema.path("minimum").asLong(-widest);
    long most = schema.path("maximum").asLong(widest);
    return JSON.numberNode(
        switch (random.nextInt(4)) {
          case 0 -> least;
          case 1 -> most;
          default -> random.nextLong(least, most == Long.MAX_VALUE ? most : most + 1);
        });
  }

  private String text(JsonNode schema) {
    return switch (schema.path("format").asText()) {
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "uri" -> "https://" + (char) ('a' + random.nextInt(26)) + ".example/" + random.nextInt();
      case "date-time" -> Instant.ofEpochSecond(random.nextInt()).toString();
      default ->
          schema.has("pattern") && schema.has("example")
              ? schema.get("example").asText()
              : chars(schema);
    };
  }

  private String chars(JsonNode schema) {
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(USUAL_LENGTH);
    int length =
        random.nextInt(12) == 0
            ? most
            : random.nextInt(least, Math.max(least, Math.min(most, least + USUAL_LENGTH)) + 1);
    StringBuilder text = new StringBuilder();
    boolean plain = random.nextBoolean();
    while (text.length() < length) {
      String piece =
          plain ? PIECES.get(random.nextInt(3)) : PIECES.get(random.nextInt(PIECES.size()));
      text.append(text.length() + piece.length() <= length ? piece : "a");
    }
    return text.toString();
  }
}
