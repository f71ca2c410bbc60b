package dev.gatewright.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The resolved contract, as the server publishes it. */
final class ServedContract {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
  private static final ServedContract SERVED = read();

  /** In the closed copy, the path at which the answers of a rule are. */
  static final String UNSERVED = "/unserved-";

  private final JsonNode document;
  private final List<Operation> operations = new ArrayList<>();

  private ServedContract(JsonNode document) {
    this.document = document;
    document
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(item -> METHODS.contains(item.getKey()))
                .forEach(item ->
                    operations.add(
                        new Operation(
                            item.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            Pattern.compile(regex(path.getKey())),
                            path.getValue(),
                            item.getValue()))));
  }

  static ServedContract get() {
    return SERVED;
  }

  private static ServedContract read() {
    try (InputStream in =
        ServedContract.class.getResourceAsStream("/META-INF/openapi/openapi.json")) {
      return new ServedContract(new ObjectMapper().readTree(Objects.requireNonNull(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A path template as a regular expression. */
  static String regex(String template) {
    StringBuilder regex = new StringBuilder();
    Matcher parameter = PARAMETER.matcher(template);
    int end = 0;
    while (parameter.find()) {
      regex.append(Pattern.quote(template.substring(end, parameter.start()))).append("[^/;][^/]*");
      end = parameter.end();
    }
    return regex.append(Pattern.quote(template.substring(end))).toString();
  }

  /**
   * An operation.
   *
   * @param template its path
   * @param item the path's object
   * @param body the operation's object
   */
  record Operation(String method, String template, Pattern pattern, JsonNode item, JsonNode body) {
    String id() {
      return body.get("operationId").asText();
    }

    boolean isCrossOrigin() {
      return body.path("x-cross-origin").asBoolean();
    }

    @Override
    public String toString() {
      return method + " " + template + " (" + id() + ")";
    }
  }

  List<Operation> operations() {
    return operations;
  }

  /** The operations of a path, of whatever method. */
  List<Operation> at(String path) {
    return operations.stream().filter(each -> each.pattern.matcher(path).matches()).toList();
  }

  /** The response that an operation states for a status. */
  Optional<JsonNode> response(Operation operation, int status) {
    return Optional.ofNullable(operation.body.path("responses").get(String.valueOf(status)))
        .map(this::resolve);
  }

  /** The response that a rule names for a status. */
  Optional<JsonNode> named(JsonNode responses, int status) {
    return Optional.ofNullable(responses.get(String.valueOf(status)))
        .map(name -> resolve(document.at("/components/responses/" + name.asText())));
  }

  /** The object itself, or what its {@code $ref} names. */
  JsonNode resolve(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      found = document.at(found.get("$ref").asText().substring(1));
    }
    return found;
  }

  /**
   * The example of a schema, or that which the examples of its properties make; missing when there
   * is none.
   */
  JsonNode example(JsonNode reference) {
    JsonNode schema = resolve(reference);
    if (!schema.has("example") && schema.has("items")) {
      JsonNode item = example(schema.get("items"));
      return JsonNodeFactory.instance.arrayNode().add(item);
    }
    if (schema.has("example") || !schema.has("properties")) {
      return schema.path("example");
    }
    ObjectNode example = JsonNodeFactory.instance.objectNode();
    schema
        .get("properties")
        .properties()
        .forEach(property -> {
          JsonNode value = example(property.getValue());
          if (!value.isMissingNode()) {
            example.set(property.getKey(), value);
          }
        });
    return example;
  }

  JsonNode document() {
    return document;
  }

  /** The scopes that a flow of the scheme {@code oauth2} describes. */
  Set<String> scopes(String flow) {
    Set<String> scopes = new TreeSet<>();
    document
        .at("/components/securitySchemes/oauth2/flows/" + flow + "/scopes")
        .fieldNames()
        .forEachRemaining(scopes::add);
    return scopes;
  }

  /** The rules for what is no operation: paths, and the named answers of each status. */
  List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    document.get("x-any-operation").forEach(rules::add);
    return rules;
  }

  /** A copy in which an object has no other members than its schema names or opens it to. */
  String closed() {
    ObjectNode copy = document.deepCopy();
    List<JsonNode> rules = rules();
    for (int i = 0; i < rules.size(); i++) {
      unserved(copy.withObject("/paths").putObject(UNSERVED + i).putObject("get"), rules.get(i));
    }
    close(copy.get("components").get("schemas"));
    close(copy.get("paths"));
    if (copy.get("components").has("responses")) {
      close(copy.get("components").get("responses"));
    }
    return copy.toString();
  }

  /** An operation that answers as what is none does. */
  private static void unserved(ObjectNode operation, JsonNode rule) {
    ObjectNode responses = operation.putObject("responses");
    for (String kind : List.of("responses", "unserved")) {
      rule.path(kind)
          .properties()
          .forEach(named ->
              responses
                  .putObject(named.getKey())
                  .put("$ref", "#/components/responses/" + named.getValue().asText()));
    }
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(ServedContract::close);
  }
}
