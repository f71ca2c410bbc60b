package dev.gatewright.authorize;

import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an authorization request as they were sent. One without a value counts as
 * absent, an unknown one is ignored (RFC 6749 §3.1).
 */
record Parameters(Map<String, List<String>> sent) {
  private static final String RESOURCE = "resource";

  /** What a GET can carry, a POST may: {@code micronaut.server.netty.max-initial-line-length}. */
  private static final int LONGEST = 16_384;

  static Parameters of(Map<String, List<String>> sent) {
    if (length(sent) > LONGEST) {
      throw new OAuthException(ErrorCode.INVALID_REQUEST, "The authorization request is too long");
    }
    return new Parameters(
        sent.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    parameter ->
                        parameter.getValue().stream().filter(value -> !value.isEmpty()).toList())));
  }

  private static int length(Map<String, List<String>> sent) {
    return sent.entrySet().stream()
        .flatMap(parameter -> parameter.getValue().stream().map(parameter.getKey()::concat))
        .mapToInt(String::length)
        .sum();
  }

  /** The value, when there is one. */
  Optional<String> find(String name) {
    return all(name).stream().findFirst();
  }

  @Nullable String get(String name) {
    return find(name).orElse(null);
  }

  List<String> all(String name) {
    return sent.getOrDefault(name, List.of());
  }

  /**
   * The value of a parameter that decides where an answer goes; so its repetition cannot be
   * answered by a redirect.
   */
  Optional<String> single(String name) {
    if (all(name).size() > 1) {
      throw new OAuthException(ErrorCode.INVALID_REQUEST, "The parameter " + name + " is repeated");
    }
    return find(name);
  }

  /** RFC 6749 §3.1: parameters must not be repeated; {@code resource} may (RFC 8707 §2). */
  void requireNoneRepeated() {
    sent.forEach((name, values) -> {
      if (values.size() > 1 && !name.equals(RESOURCE)) {
        throw new OAuthException(
            ErrorCode.INVALID_REQUEST, "A parameter is repeated", "repeated: " + name);
      }
    });
  }
}
