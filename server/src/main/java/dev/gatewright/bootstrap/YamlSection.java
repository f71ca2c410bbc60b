package dev.gatewright.bootstrap;

import dev.gatewright.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping in the file, read strictly: each mistake becomes one sentence with file, line and
 * field. A field that is null counts as absent.
 */
final class YamlSection {
  private final String file;
  private final String path;
  private final int line;
  private final Placeholders placeholders;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  private record Field(int line, Node value) {}

  /**
   * @param path where the section is, such as {@code clients[0]}; empty for the whole file
   */
  YamlSection(String file, String path, Node node, Placeholders placeholders) {
    this.file = file;
    this.path = path;
    this.line = lineOf(node);
    this.placeholders = placeholders;
    if (!(node instanceof MappingNode mapping)) {
      throw mistake("must have fields, each with a name, a colon and a value");
    }
    mapping.getValue().forEach(this::add);
  }

  private void add(NodeTuple tuple) {
    int at = lineOf(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      throw mistake(at, path, "has a field whose name is not text");
    }
    if (fields.put(key.getValue(), new Field(at, tuple.getValueNode())) != null) {
      throw mistake(at, pathOf(key.getValue()), "is there twice");
    }
  }

  /** Refuses every field but these. */
  void allowOnly(String... names) {
    Set<String> allowed = Set.of(names);
    for (String name : fields.keySet()) {
      if (!allowed.contains(name)) {
        throw mistake(name, "is not a field here; there are " + String.join(", ", names));
      }
    }
  }

  String requiredText(String name) {
    @Nullable String text = text(name);
    if (text == null) {
      throw mistake(name, "is missing");
    }
    return text;
  }

  @Nullable String text(String name) {
    @Nullable Node value = value(name);
    return value == null ? null : text(name, value);
  }

  @Nullable List<String> texts(String name) {
    @Nullable Node value = value(name);
    if (value == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Node element : elements(name, value)) {
      texts.add(text(name + "[" + texts.size() + "]", element));
    }
    return List.copyOf(texts);
  }

  @Nullable Boolean flag(String name) {
    @Nullable Node value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof ScalarNode scalar
        && List.of("true", "false").contains(scalar.getValue())) {
      return Boolean.valueOf(scalar.getValue());
    }
    throw mistake(name, "must be true or false");
  }

  @Nullable Integer integer(String name) {
    @Nullable Node value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof ScalarNode scalar && scalar.getValue().matches("-?[0-9]{1,9}")) {
      return Integer.valueOf(scalar.getValue());
    }
    throw mistake(name, "must be a whole number");
  }

  /** A mapping of any depth, whose values are texts, lists and mappings; null when it is absent. */
  @Nullable Map<String, Object> tree(String name) {
    @Nullable Node value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof MappingNode mapping) {
      return tree(name, mapping);
    }
    throw mistake(name, "must have fields, each with a name, a colon and a value");
  }

  private Map<String, Object> tree(String name, MappingNode mapping) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      tree.put(text(name, tuple.getKeyNode()), branch(name, tuple.getValueNode()));
    }
    return tree;
  }

  private Object branch(String name, Node node) {
    return switch (node) {
      case MappingNode mapping -> tree(name, mapping);
      case SequenceNode sequence ->
          sequence.getValue().stream().map(element -> branch(name, element)).toList();
      default -> text(name, node);
    };
  }

  /** A section within this one; empty when it is absent. */
  Optional<YamlSection> section(String name) {
    @Nullable Node value = value(name);
    return value == null
        ? Optional.empty()
        : Optional.of(new YamlSection(file, pathOf(name), value, placeholders));
  }

  /** The sections of a list; none when it is absent. */
  List<YamlSection> sections(String name) {
    @Nullable Node value = value(name);
    if (value == null) {
      return List.of();
    }
    List<YamlSection> sections = new ArrayList<>();
    for (Node element : elements(name, value)) {
      sections.add(
          new YamlSection(file, pathOf(name) + "[" + sections.size() + "]", element, placeholders));
    }
    return List.copyOf(sections);
  }

  /** A mistake of the section as a whole. */
  InvalidSettingException mistake(String message) {
    return mistake(line, path, message);
  }

  /**
   * A mistake of one field, whether it is there or not.
   *
   * @param message to follow the name of the field
   */
  InvalidSettingException mistake(String field, String message) {
    @Nullable Field found = fields.get(field);
    return mistake(found == null ? line : found.line(), pathOf(field), message);
  }

  private InvalidSettingException mistake(int at, String where, String message) {
    String sentence = (where.isEmpty() ? "the file" : where) + " " + message;
    return new InvalidSettingException("%s, line %d: %s.".formatted(file, at, printable(sentence)));
  }

  /** One line of a console, whatever the file holds. */
  private static String printable(String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  private @Nullable Node value(String name) {
    @Nullable Field field = fields.get(name);
    return field == null || Tag.NULL.equals(field.value().getTag()) ? null : field.value();
  }

  private List<Node> elements(String name, Node value) {
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw mistake(name, "must be a list");
  }

  private String text(String name, Node value) {
    if (!(value instanceof ScalarNode scalar) || !Tag.STR.equals(value.getTag())) {
      throw mistake(
          lineOf(value),
          pathOf(name),
          "must be text; a number, date or yes and no need quotes to be text");
    }
    try {
      return placeholders.replace(scalar.getValue());
    } catch (Placeholders.Unset e) {
      throw mistake(lineOf(value), pathOf(name), String.valueOf(e.getMessage()));
    }
  }

  private String pathOf(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
