package dev.gatewright.client.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a JWT (RFC 7519 §4).
 *
 * @param members by name: strings, numbers, booleans, lists, maps
 */
public record JwtClaims(Map<String, @Nullable Object> members) {
  /** By how much the client's clock may differ from ours. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private static final double LAST_SECOND = 253_402_300_799d; // of the year 9999

  /** A claim that is a string; empty when absent. */
  public Optional<String> text(String name) throws InvalidJwtException {
    @Nullable Object value = members.get(name);
    if (value != null && !(value instanceof String)) {
      throw new InvalidJwtException("the claim " + name + " is not a string");
    }
    return Optional.ofNullable((String) value);
  }

  /** A claim that is a time (RFC 7519 §2, NumericDate); empty when absent. */
  public Optional<Instant> time(String name) throws InvalidJwtException {
    @Nullable Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Number number)
        || !(number.doubleValue() >= 0 && number.doubleValue() <= LAST_SECOND)) {
      throw new InvalidJwtException("the claim " + name + " is not a time");
    }
    return Optional.of(Instant.ofEpochSecond(number.longValue()));
  }

  /** The claim {@code aud}: one string or a list of them (RFC 7519 §4.1.3); empty when absent. */
  public List<String> audience() throws InvalidJwtException {
    @Nullable Object value = members.get("aud");
    return switch (value) {
      case null -> List.of();
      case String one -> List.of(one);
      case List<?> many when many.stream().allMatch(String.class::isInstance) ->
          many.stream().map(String.class::cast).toList();
      default -> throw new InvalidJwtException("the claim aud is neither a string nor a list");
    };
  }

  /**
   * Refuses a JWT that has expired, is not valid yet, or is of the future (RFC 7519 §4.1.4 to
   * §4.1.6), as far as it says so.
   */
  public void requireCurrent(Instant now) throws InvalidJwtException {
    Optional<Instant> expires = time("exp");
    if (expires.isPresent() && !expires.get().isAfter(now.minus(CLOCK_SKEW))) {
      throw new InvalidJwtException("the JWT has expired");
    }
    Instant latest = now.plus(CLOCK_SKEW);
    for (String claim : List.of("nbf", "iat")) {
      Optional<Instant> time = time(claim);
      if (time.isPresent() && time.get().isAfter(latest)) {
        throw new InvalidJwtException("the claim " + claim + " is in the future");
      }
    }
  }

  /** Without what they say. */
  @Override
  public String toString() {
    return "JwtClaims" + members.keySet();
  }
}
