package dev.gatewright.grant;

import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.StandardClaim;
import io.micronaut.core.annotation.Introspected;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a user has allowed a client.
 *
 * @param scope separated by spaces
 * @param claims names of claims that were asked for one by one and that no allowed scope stands
 *     for, separated by spaces
 */
@Introspected
record Consent(String scope, String claims) {
  static final Consent NONE = new Consent("", "");

  Scopes scopes() {
    return Scopes.parse(scope);
  }

  /** Whether it allows these scopes and these claims; a scope allows its claims. */
  boolean covers(Scopes wanted, Set<StandardClaim> wantedClaims) {
    Scopes allowed = scopes();
    Set<StandardClaim> allowedClaims = IndividualClaims.parse(claims);
    return allowed.containsAll(wanted)
        && wantedClaims.stream()
            .allMatch(claim -> allowedClaims.contains(claim) || allowed.contains(claim.scope()));
  }

  /** This and more. */
  Consent plus(Scopes more, Set<StandardClaim> moreClaims) {
    Scopes scopes = scopes().plus(more);
    Set<StandardClaim> all = EnumSet.noneOf(StandardClaim.class);
    all.addAll(IndividualClaims.parse(claims));
    all.addAll(moreClaims);
    all.removeIf(claim -> scopes.contains(claim.scope()));
    return new Consent(scopes.toString(), IndividualClaims.names(all));
  }
}
