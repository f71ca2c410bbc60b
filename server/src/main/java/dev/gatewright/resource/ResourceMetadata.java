package dev.gatewright.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of a protected resource, as received and not yet checked. Null asks for the
 * default.
 */
public record ResourceMetadata(
    @Nullable String identifier,
    @Nullable String name,
    @Nullable List<ResourceScope> scopes,
    @Nullable Integer accessTokenLifetime,
    @Nullable String accessTokenSignedResponseAlg) {

  /** What was said of a registered resource. */
  public static ResourceMetadata of(ProtectedResource resource) {
    return new ResourceMetadata(
        resource.identifier(),
        resource.name(),
        resource.scopes(),
        resource.accessTokenLifetime(),
        resource.accessTokenSignedResponseAlg());
  }

  /** The same with its defaults in place: no scopes. */
  ResourceMetadata complete() {
    return new ResourceMetadata(
        identifier,
        name == null ? null : name.strip(),
        scopes == null ? List.of() : List.copyOf(scopes),
        accessTokenLifetime,
        accessTokenSignedResponseAlg);
  }
}
