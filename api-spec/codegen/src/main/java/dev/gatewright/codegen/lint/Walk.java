package dev.gatewright.codegen.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Walks through the contract by its grammar, each part once however often it is referred to. Names
 * what does not belong, and keeps the parts of each kind for the rules.
 */
final class Walk {
  private final ContractFiles files;
  private final Findings findings;
  private final Grammar grammar = new Grammar();
  private final Map<String, List<Part>> parts = new HashMap<>();
  private final IdentityHashMap<Node, Boolean> seen = new IdentityHashMap<>();

  Walk(ContractFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
    visit(files.contract(), "Contract");
  }

  /** Every part of this kind, such as {@code Schema}. */
  List<Part> all(String kind) {
    return parts.getOrDefault(kind, List.of());
  }

  private void visit(Part part, String type) {
    if (type.startsWith("[")) {
      String item = type.substring(1, type.length() - 1);
      is(part, part.isList(), "a list");
      part.items().forEach(each -> visit(each, item));
    } else if (type.startsWith("{")) {
      String value = type.substring(1, type.length() - 1);
      if (is(part, part.isMap(), "a map")) {
        noKeyTwice(part);
        part.members().values().forEach(each -> visit(each, value));
      }
    } else if (type.startsWith("(")) {
      List<String> words = List.of(type.substring(1, type.length() - 1).split("\\|"));
      is(part, words.contains(part.text()), "one of " + words);
    } else {
      switch (type) {
        case "text" -> is(part, part.isText() || part.isNumber(), "a text");
        case "boolean" -> is(part, part.isBoolean(), "true or false");
        case "number" -> is(part, part.isNumber(), "a number");
        case "integer" -> is(part, part.isInteger(), "a whole number");
        case "any" -> {}
        default -> object(part, type);
      }
    }
  }

  private void object(Part part, String type) {
    if (part.has("$ref")) {
      reference(part, type);
      return;
    }
    // additionalProperties: true
    if (type.equals("Schema") && part.isBoolean()) {
      return;
    }
    if (part.exists() && seen.put(part.node(), true) != null) {
      return;
    }
    if (!is(part, part.isMap(), "a map")) {
      return;
    }
    parts.computeIfAbsent(type, kind -> new ArrayList<>()).add(part);
    noKeyTwice(part);
    Grammar.Shape shape = grammar.shape(type);
    part.members().forEach((key, value) -> member(shape, type, key, value));
    for (String key : shape.required()) {
      findings.check(part.has(key), Rule.MISSING_KEY, part, "`" + key + "` is missing");
    }
  }

  private void member(Grammar.Shape shape, String type, String key, Part value) {
    String expected = shape.typeOf(key);
    if (expected != null) {
      visit(value, expected);
      return;
    }
    String like = shape.like(key);
    findings.add(
        Rule.UNKNOWN_KEY,
        value,
        "`"
            + key
            + "` is no key of "
            + (type.matches("[AEIOU].*") ? "an " : "a ")
            + type
            + (like.isEmpty() ? "" : ": `" + like + "`?"));
  }

  private void reference(Part part, String type) {
    for (String key : part.members().keySet()) {
      if (!key.equals("$ref")) {
        findings.add(
            Rule.REFERENCE_ALONE, part.member(key), "`" + key + "` is ignored beside `$ref`");
      }
    }
    Part target = files.resolve(part);
    Part reference = part.member("$ref");
    if (target.exists()) {
      visit(target, type);
    } else if (target.file().equals(part.file())) {
      findings.add(Rule.UNRESOLVED_REFERENCE, reference, part.reference() + " is not there");
    }
  }

  private void noKeyTwice(Part part) {
    List<String> keys = new ArrayList<>();
    for (Part key : part.keys()) {
      findings.check(
          !keys.contains(key.text()), Rule.DUPLICATE_KEY, key, "`" + key.text() + "` stands twice");
      keys.add(key.text());
    }
  }

  private boolean is(Part part, boolean holds, String expected) {
    if (part.exists()) {
      findings.check(holds, Rule.VALUE_TYPE, part, "is not " + expected);
    }
    return holds;
  }
}
