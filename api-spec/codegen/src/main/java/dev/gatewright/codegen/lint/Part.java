package dev.gatewright.codegen.lint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A piece of the contract and where it stands. What is absent is a part too, at the place where it
 * is missing.
 *
 * @param file its file
 * @param node what is written; null for what is absent
 * @param line the line that names it, from 1
 */
record Part(SourceFile file, Node node, int line) {

  boolean exists() {
    return node != null;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The member, which may be absent. */
  Part member(String name) {
    Part found = members().get(name);
    return found == null ? new Part(file, null, line) : found;
  }

  boolean has(String name) {
    return members().containsKey(name);
  }

  /** The members of a map, each at the line of its key; nothing for anything else. */
  Map<String, Part> members() {
    Map<String, Part> members = new LinkedHashMap<>();
    if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        members.put(key(tuple), at(tuple.getValueNode(), tuple.getKeyNode()));
      }
    }
    return members;
  }

  /** Every key as it is written, those that stand twice included. */
  List<Part> keys() {
    return node instanceof MappingNode map
        ? map.getValue().stream().map(tuple -> at(tuple.getKeyNode(), tuple.getKeyNode())).toList()
        : List.of();
  }

  /** The items of a list; nothing for anything else. */
  List<Part> items() {
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(item -> at(item, item)).toList()
        : List.of();
  }

  List<String> texts() {
    return items().stream().map(Part::text).toList();
  }

  /** A scalar as it is written; empty for anything else. */
  String text() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  boolean hasText() {
    return !text().isBlank();
  }

  boolean isTrue() {
    return isBoolean() && text().equalsIgnoreCase("true");
  }

  boolean isText() {
    return node instanceof ScalarNode && (is(Tag.STR) || is(Tag.TIMESTAMP));
  }

  boolean isBoolean() {
    return is(Tag.BOOL);
  }

  boolean isInteger() {
    return is(Tag.INT);
  }

  boolean isNumber() {
    return is(Tag.INT) || is(Tag.FLOAT);
  }

  boolean isNull() {
    return is(Tag.NULL);
  }

  /** What it refers to instead of saying it here; empty for nothing. */
  String reference() {
    return member("$ref").text();
  }

  private boolean is(Tag tag) {
    return node != null && tag.equals(node.getTag());
  }

  private Part at(Node value, Node named) {
    return new Part(file, value, named.getStartMark().getLine() + 1);
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
