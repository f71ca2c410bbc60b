package dev.gatewright.contract;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.yaml.snakeyaml.Yaml;

/** The resolved contract, as the style rules read it. */
@SuppressWarnings("unchecked") // YAML knows maps and lists, and the rules say which is where
final class Contract {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final Map<String, Object> document;

  private Contract(Map<String, Object> document) {
    this.document = document;
  }

  static Contract read() throws IOException {
    try (InputStream in = Contract.class.getResourceAsStream("/META-INF/openapi/openapi.yaml")) {
      return new Contract(
          new Yaml().load(Objects.requireNonNull(in, "The contract is not resolved")));
    }
  }

  /**
   * One operation.
   *
   * @param name method and path, to name it in a finding
   */
  record Operation(String name, String path, Map<String, Object> item, Map<String, Object> body) {
    List<Map<String, Object>> securities() {
      return (List<Map<String, Object>>) body.getOrDefault("security", List.of());
    }

    boolean needsAccessToken() {
      return securities().stream().anyMatch(security -> security.containsKey("oauth2"));
    }

    Map<String, Object> responses() {
      return map(body.get("responses"));
    }

    List<Map<String, Object>> parameters() {
      List<Map<String, Object>> all = new ArrayList<>();
      all.addAll((List<Map<String, Object>>) item.getOrDefault("parameters", List.of()));
      all.addAll((List<Map<String, Object>>) body.getOrDefault("parameters", List.of()));
      return all;
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    map(document.get("paths"))
        .forEach((path, item) ->
            map(item)
                .forEach((method, body) -> {
                  if (METHODS.contains(method)) {
                    operations.add(
                        new Operation(
                            method.toUpperCase(Locale.ROOT) + " " + path,
                            path,
                            map(item),
                            map(body)));
                  }
                }));
    return operations;
  }

  Map<String, Object> schemas() {
    return map(map(document.get("components")).get("schemas"));
  }

  /** Scopes of a flow of the scheme {@code oauth2}, with their descriptions. */
  Map<String, Object> scopes(String flow) {
    Map<String, Object> schemes = map(map(document.get("components")).get("securitySchemes"));
    return map(map(map(map(schemes.get("oauth2")).get("flows")).get(flow)).get("scopes"));
  }

  List<String> tags() {
    return ((List<Map<String, Object>>) document.get("tags"))
        .stream().map(tag -> (String) tag.get("name")).toList();
  }

  /** The object itself, or what its {@code $ref} names. */
  Map<String, Object> resolve(Object value) {
    Map<String, Object> found = map(value);
    while (found.get("$ref") instanceof String ref) {
      Map<String, Object> node = document;
      for (String step : ref.substring(2).split("/")) {
        node = map(node.get(step.replace("~1", "/").replace("~0", "~")));
      }
      found = node;
    }
    return found;
  }

  /** Every property of every schema. */
  void eachProperty(Consumer<Property> visit) {
    schemas()
        .forEach((name, schema) ->
            map(map(schema).get("properties"))
                .forEach(
                    (property, body) -> visit.accept(new Property(name, property, map(body)))));
  }

  record Property(String schema, String name, Map<String, Object> body) {}

  static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }
}
