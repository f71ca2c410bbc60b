package dev.gatewright.resource;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.settings.ServerSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks protected resources and scopes up. All of them, which are few, are remembered for {@link
 * #MAX_AGE}: so long may a change made at another node go unseen; a change made at this node is
 * seen at once.
 */
@Singleton
public final class Resources {
  /** How long the resources may be remembered. */
  static final Duration MAX_AGE = Duration.ofSeconds(2);

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final ProtectedResourceRepository resources;
  private final ProtectedResourceScopeRepository scopes;
  private final String issuer;
  private final LoadingCache<Class<Catalog>, Catalog> remembered;

  Resources(
      ProtectedResourceRepository resources,
      ProtectedResourceScopeRepository scopes,
      ServerSettings settings,
      Clock clock) {
    this.resources = resources;
    this.scopes = scopes;
    this.issuer = settings.issuer();
    this.remembered =
        Caffeine.newBuilder()
            .expireAfterWrite(MAX_AGE)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build(key -> Catalog.of(resources.findAll(), scopes.findAll()));
  }

  /** The protected resource of an identifier, compared character by character. */
  public Optional<ProtectedResource> byIdentifier(String identifier) {
    return Optional.ofNullable(catalog().byIdentifier().get(identifier));
  }

  /**
   * The protected resource that a scope belongs to; empty for one of this server's own and for an
   * unknown one.
   */
  public Optional<ProtectedResource> byScope(String scope) {
    return Optional.ofNullable(catalog().byScope().get(scope));
  }

  /** Whether an access token can be for it: the issuer, or a protected resource. */
  public boolean isAudience(String identifier) {
    return identifier.equals(issuer) || byIdentifier(identifier).isPresent();
  }

  /** Whether a scope is this server's or a protected resource's. */
  public boolean knows(String scope) {
    return ServerScopes.DESCRIPTIONS.containsKey(scope) || byScope(scope).isPresent();
  }

  /** What a scope allows, for people; the scope itself when it is unknown. */
  public String describe(String scope) {
    @Nullable String own = ServerScopes.DESCRIPTIONS.get(scope);
    if (own != null) {
      return own;
    }
    return byScope(scope).stream()
        .flatMap(resource -> resource.scopes().stream())
        .filter(candidate -> candidate.scope().equals(scope))
        .map(ResourceScope::description)
        .findFirst()
        .orElse(scope);
  }

  /** All scopes: this server's own, then those of the protected resources. */
  public SequencedSet<String> scopes() {
    var all = new LinkedHashSet<>(ServerScopes.ALL);
    all.addAll(catalog().byScope().keySet());
    return Collections.unmodifiableSequencedSet(all);
  }

  /** One page of protected resources, oldest first. */
  public List<ProtectedResource> list(int limit, @Nullable UUID after) {
    return resources.listAfter(Objects.requireNonNullElse(after, BEFORE_ALL), limit).stream()
        .map(row -> ProtectedResource.of(row, scopes.findByResourceIdOrderByPosition(row.id())))
        .toList();
  }

  /** To be called after each change. */
  void forget() {
    remembered.invalidateAll();
  }

  private Catalog catalog() {
    return remembered.get(Catalog.class);
  }
}
