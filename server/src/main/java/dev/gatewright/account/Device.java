package dev.gatewright.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A browser in words that people know theirs by, such as "Firefox on Linux". Browsers name each
 * other for compatibility, so the most particular name is looked for first; no versions, which say
 * little and change.
 */
final class Device {
  private static final SequencedMap<String, String> BROWSERS =
      ordered(
          "Edg", "Edge",
          "OPR/", "Opera",
          "SamsungBrowser", "Samsung Internet",
          "Vivaldi", "Vivaldi",
          "FxiOS", "Firefox",
          "Firefox", "Firefox",
          "CriOS", "Chrome",
          "Chrome", "Chrome",
          "Safari", "Safari",
          "curl", "curl");

  private static final SequencedMap<String, String> SYSTEMS =
      ordered(
          "iPhone", "iPhone",
          "iPad", "iPad",
          "Android", "Android",
          "CrOS", "ChromeOS",
          "Windows", "Windows",
          "Macintosh", "Mac",
          "Linux", "Linux");

  private Device() {}

  /** The words for a {@code User-Agent}. */
  static String named(@Nullable String userAgent) {
    String browser = first(BROWSERS, userAgent, "Unknown browser");
    String system = first(SYSTEMS, userAgent, "");
    return system.isEmpty() ? browser : browser + " on " + system;
  }

  private static String first(
      SequencedMap<String, String> words, @Nullable String userAgent, String otherwise) {
    return userAgent == null
        ? otherwise
        : words.entrySet().stream()
            .filter(word -> userAgent.contains(word.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(otherwise);
  }

  private static SequencedMap<String, String> ordered(String... pairs) {
    var words = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      words.put(pairs[i], pairs[i + 1]);
    }
    return words;
  }
}
