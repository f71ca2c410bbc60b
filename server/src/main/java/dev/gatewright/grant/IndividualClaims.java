package dev.gatewright.grant;

import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.StandardClaim;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Claims that a client asks for one by one, beside those of its scopes, by where they are told
 * (OpenID Connect Core §5.5).
 */
public record IndividualClaims(Set<StandardClaim> userinfo, Set<StandardClaim> idToken) {
  /** None. */
  public static final IndividualClaims NONE = new IndividualClaims(Set.of(), Set.of());

  public IndividualClaims {
    userinfo = inOrder(userinfo);
    idToken = inOrder(idToken);
  }

  /** The claims as stored: names separated by spaces. */
  public static IndividualClaims parse(String userinfo, String idToken) {
    return userinfo.isEmpty() && idToken.isEmpty()
        ? NONE
        : new IndividualClaims(parse(userinfo), parse(idToken));
  }

  /** Names separated by spaces; one that is no standard claim is left out. */
  static Set<StandardClaim> parse(String names) {
    return Arrays.stream(names.split(" "))
        .map(StandardClaim::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** Names separated by spaces. */
  public static String names(Collection<StandardClaim> claims) {
    return claims.stream().map(StandardClaim::claim).collect(Collectors.joining(" "));
  }

  /** Those whose scopes are among the given ones, which are all that a client may ask for. */
  public IndividualClaims within(Scopes registered) {
    Predicate<StandardClaim> known = claim -> registered.contains(claim.scope());
    return new IndividualClaims(
        userinfo.stream().filter(known).collect(Collectors.toSet()),
        idToken.stream().filter(known).collect(Collectors.toSet()));
  }

  /** Those that the given scopes do not stand for, wherever they are told. */
  public Set<StandardClaim> beyond(Scopes scopes) {
    Set<StandardClaim> beyond = EnumSet.noneOf(StandardClaim.class);
    beyond.addAll(userinfo);
    beyond.addAll(idToken);
    beyond.removeIf(claim -> scopes.contains(claim.scope()));
    return beyond;
  }

  private static Set<StandardClaim> inOrder(Set<StandardClaim> claims) {
    return claims.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(claims));
  }
}
