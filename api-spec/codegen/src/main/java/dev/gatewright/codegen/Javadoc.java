package dev.gatewright.codegen;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a description of the contract, which is Markdown, into text that Javadoc takes. */
final class Javadoc {

  private static final Pattern CODE = Pattern.compile("`([^`]*)`|\\{@code [^}]*}");

  private Javadoc() {}

  static String of(String description) {
    StringBuilder result = new StringBuilder();
    Matcher code = CODE.matcher(description.strip());
    int end = 0;
    String text = description.strip();
    while (code.find()) {
      result.append(escaped(text.substring(end, code.start())));
      String literal = code.group(1);
      result.append(
          literal == null ? code.group() : "{@code " + literal.replaceAll("[{}@]", "") + "}");
      end = code.end();
    }
    return result.append(escaped(text.substring(end))).toString().replace("*/", "*&#47;");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replaceAll("\\*\\*|(?<!\\w)\\*(?=\\w)|(?<=\\w)\\*(?!\\w)", "")
        .replaceAll("\\s*\\n\\s*", " ");
  }
}
