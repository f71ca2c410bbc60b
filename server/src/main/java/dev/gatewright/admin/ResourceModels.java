package dev.gatewright.admin;

import dev.gatewright.api.model.ProtectedResourcePatch;
import dev.gatewright.api.model.ProtectedResourceRegistration;
import dev.gatewright.resource.ProtectedResource;
import dev.gatewright.resource.ResourceMetadata;
import dev.gatewright.resource.ResourceScope;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Protected resources between the contract's words and ours. */
final class ResourceModels {
  private ResourceModels() {}

  static ResourceMetadata metadata(ProtectedResourceRegistration model) {
    return new ResourceMetadata(
        model.getIdentifier().toString(),
        model.getName(),
        scopes(model.getScopes()),
        model.getAccessTokenLifetime(),
        model.getAccessTokenSignedResponseAlg() == null
            ? null
            : model.getAccessTokenSignedResponseAlg().getValue());
  }

  /** An absent member stays, null becomes the default (RFC 7396). */
  static ResourceMetadata patched(ResourceMetadata before, ProtectedResourcePatch patch) {
    @Nullable String alg =
        patch.getAccessTokenSignedResponseAlg() == null
            ? null
            : patch.getAccessTokenSignedResponseAlg().getValue();
    return new ResourceMetadata(
        before.identifier(),
        patch.has("name") ? patch.getName() : before.name(),
        patch.has("scopes") ? scopes(patch.getScopes()) : before.scopes(),
        patch.has("access_token_lifetime")
            ? patch.getAccessTokenLifetime()
            : before.accessTokenLifetime(),
        patch.has("access_token_signed_response_alg")
            ? alg
            : before.accessTokenSignedResponseAlg());
  }

  static dev.gatewright.api.model.ProtectedResource resource(ProtectedResource resource) {
    @Nullable String alg = resource.accessTokenSignedResponseAlg();
    return new dev.gatewright.api.model.ProtectedResource()
        .id(resource.id())
        .identifier(URI.create(resource.identifier()))
        .name(resource.name())
        .scopes(resource.scopes().stream().map(ResourceModels::scope).toList())
        .accessTokenLifetime(resource.accessTokenLifetime())
        .accessTokenSignedResponseAlg(
            alg == null
                ? null
                : dev.gatewright.api.model.ProtectedResource.AccessTokenSignedResponseAlgEnum
                    .fromValue(alg))
        .createdAt(resource.createdAt())
        .updatedAt(resource.updatedAt());
  }

  private static dev.gatewright.api.model.ResourceScope scope(ResourceScope scope) {
    return new dev.gatewright.api.model.ResourceScope()
        .scope(scope.scope())
        .description(scope.description());
  }

  /** What is missing becomes empty, which the rules refuse by name. */
  private static @Nullable List<ResourceScope> scopes(
      @Nullable List<dev.gatewright.api.model.@Nullable ResourceScope> models) {
    return models == null ? null : models.stream().map(ResourceModels::scope).toList();
  }

  private static ResourceScope scope(dev.gatewright.api.model.@Nullable ResourceScope model) {
    return model == null
        ? new ResourceScope("", "")
        : new ResourceScope(
            Objects.requireNonNullElse(model.getScope(), ""),
            Objects.requireNonNullElse(model.getDescription(), ""));
  }
}
