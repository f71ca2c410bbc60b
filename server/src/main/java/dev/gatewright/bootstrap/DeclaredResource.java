package dev.gatewright.bootstrap;

import dev.gatewright.resource.ResourceMetadata;
import dev.gatewright.resource.ResourceScope;
import java.util.List;

/**
 * A protected resource in the file, by the names of the contract's {@code
 * ProtectedResourceRegistration}.
 */
record DeclaredResource(YamlSection at, ResourceMetadata metadata) {
  static DeclaredResource read(YamlSection at) {
    at.allowOnly(
        "identifier",
        "name",
        "scopes",
        "access_token_lifetime",
        "access_token_signed_response_alg");
    List<ResourceScope> scopes =
        at.sections("scopes").stream().map(DeclaredResource::scope).toList();
    return new DeclaredResource(
        at,
        new ResourceMetadata(
            at.requiredText("identifier"),
            at.requiredText("name"),
            scopes,
            at.integer("access_token_lifetime"),
            at.text("access_token_signed_response_alg")));
  }

  private static ResourceScope scope(YamlSection at) {
    at.allowOnly("scope", "description");
    return new ResourceScope(at.requiredText("scope"), at.requiredText("description"));
  }
}
