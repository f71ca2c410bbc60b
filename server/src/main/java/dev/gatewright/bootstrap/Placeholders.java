package dev.gatewright.bootstrap;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} in a value by the environment variable of that name, and {@code
 * ${issuer}} by the issuer. So a secret need not be in the file.
 */
record Placeholders(String issuer, Function<String, @Nullable String> environment) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  /** An environment variable that is not set. */
  static final class Unset extends Exception {
    private static final long serialVersionUID = 1L;

    Unset(String name) {
      super("names the environment variable " + name + ", which is not set");
    }
  }

  String replace(String value) throws Unset {
    Matcher matcher = PLACEHOLDER.matcher(value);
    var replaced = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(replaced, Matcher.quoteReplacement(value(matcher.group(1))));
    }
    return matcher.appendTail(replaced).toString();
  }

  private String value(String name) throws Unset {
    if (name.equals("issuer")) {
      return issuer;
    }
    @Nullable String value = environment.apply(name);
    if (value == null) {
      throw new Unset(name);
    }
    return value;
  }
}
