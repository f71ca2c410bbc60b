package dev.gatewright.codegen.lint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What may stand where in an OpenAPI document, from the table in {@code gatewright-lint}. */
final class Grammar {

  /**
   * One object of OpenAPI.
   *
   * @param members the type of each key; {@code *} stands for any
   * @param required the keys that must be there
   */
  record Shape(Map<String, String> members, Set<String> required) {

    /** The type of what stands below this key; null for a key that does not belong here. */
    String typeOf(String key) {
      return members.getOrDefault(key, members.get("*"));
    }

    /** The key that was probably meant; empty when none is like it. */
    String like(String key) {
      return members.keySet().stream()
          .filter(known -> distance(known, key) <= 2)
          .findFirst()
          .orElse("");
    }
  }

  private final Map<String, Shape> shapes = new HashMap<>();

  Grammar() {
    try (InputStream table =
        Grammar.class.getResourceAsStream("/gatewright-lint/openapi-3.0.3.txt")) {
      new String(Objects.requireNonNull(table).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(this::define);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Shape shape(String name) {
    return Objects.requireNonNull(shapes.get(name), name);
  }

  private void define(String line) {
    String[] words = line.trim().split("\\s+");
    Map<String, String> members = new LinkedHashMap<>();
    Set<String> required = new LinkedHashSet<>();
    for (int i = 1; i < words.length; i++) {
      String key = words[i].substring(0, words[i].indexOf('='));
      String type = words[i].substring(key.length() + 1);
      if (type.endsWith("!")) {
        type = type.substring(0, type.length() - 1);
        required.add(key);
      }
      members.put(key, type);
    }
    shapes.put(words[0], new Shape(members, required));
  }

  /** How many letters must be changed, added or left out (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
