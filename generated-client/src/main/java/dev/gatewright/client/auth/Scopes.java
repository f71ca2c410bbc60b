package dev.gatewright.client.auth;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Scopes as a set and as the text they travel in (RFC 6749 §3.3). */
final class Scopes {

  static final String OPENID = "openid";

  private Scopes() {}

  static Set<String> parse(@Nullable String text) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(" "))
            .filter(scope -> !scope.isEmpty())
            .collect(
                Collectors.collectingAndThen(
                    Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
  }

  /** Empty for none, so that the parameter is left out and the client's default scopes apply. */
  static String format(Collection<String> scopes) {
    return String.join(" ", scopes);
  }

  static Set<String> copy(Collection<String> scopes) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
  }
}
