package dev.gatewright.oauth;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A set of scopes in the order they were named (RFC 6749 §3.3). */
public record Scopes(SequencedSet<String> values) {
  private static final Pattern SCOPE_TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  /** No scopes. */
  public static final Scopes NONE =
      new Scopes(Collections.unmodifiableSequencedSet(new LinkedHashSet<>()));

  public Scopes {
    values = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(values));
  }

  /**
   * Reads scopes separated by single spaces; null and blank are no scopes.
   *
   * @throws IllegalArgumentException on a character outside RFC 6749 §3.3
   */
  public static Scopes parse(@Nullable String spaceSeparated) {
    if (spaceSeparated == null || spaceSeparated.isBlank()) {
      return NONE;
    }
    return of(Arrays.asList(spaceSeparated.strip().split(" +")));
  }

  /**
   * The given scopes, each once.
   *
   * @throws IllegalArgumentException on a character outside RFC 6749 §3.3
   */
  public static Scopes of(Collection<String> names) {
    for (String name : names) {
      if (!SCOPE_TOKEN.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "A scope holds a character that RFC 6749 section 3.3 does not allow");
      }
    }
    return new Scopes(new LinkedHashSet<>(names));
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public boolean contains(String scope) {
    return values.contains(scope);
  }

  public boolean containsAll(Scopes others) {
    return values.containsAll(others.values);
  }

  /** These without those. */
  public Scopes minus(Scopes others) {
    return filter(scope -> !others.contains(scope));
  }

  /** Those of these that are also among the others. */
  public Scopes retain(Scopes others) {
    return filter(others::contains);
  }

  /** These and then the others. */
  public Scopes plus(Scopes others) {
    var union = new LinkedHashSet<>(values);
    union.addAll(others.values);
    return new Scopes(union);
  }

  /** Those of these that pass. */
  public Scopes filter(Predicate<String> test) {
    var kept = new LinkedHashSet<String>();
    values.stream().filter(test).forEach(kept::add);
    return new Scopes(kept);
  }

  /** Separated by spaces, as in the parameter {@code scope}. */
  @Override
  public String toString() {
    return String.join(" ", values);
  }
}
