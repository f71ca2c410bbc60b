package dev.gatewright.consent;

import dev.gatewright.client.Client;
import dev.gatewright.client.ClientOptions;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.StandardClaim;
import dev.gatewright.page.ClientLinks;
import dev.gatewright.page.ScopeLine;
import dev.gatewright.resource.Resources;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What people are told when a client asks them: what for, and what it says of itself. */
@Singleton
public final class Disclosure {
  private final Resources resources;

  Disclosure(Resources resources) {
    this.resources = resources;
  }

  /** What each scope allows, in the order to show. */
  public List<ScopeLine> lines(Scopes scopes) {
    return scopes.values().stream()
        .map(scope -> new ScopeLine(scope, resources.describe(scope)))
        .toList();
  }

  /** Scope by scope, then the claims that are asked for one by one. */
  List<ScopeLine> lines(Scopes scopes, Set<StandardClaim> claims) {
    return Stream.concat(
            lines(scopes).stream(),
            claims.stream().map(claim -> new ScopeLine(claim.claim(), claim.description())))
        .toList();
  }

  /** The client's logo and links (RFC 7591 §2). */
  public ClientLinks links(Client client) {
    ClientOptions options = client.options();
    return new ClientLinks(
        options.clientUri(), options.logoUri(), options.policyUri(), options.tosUri());
  }
}
