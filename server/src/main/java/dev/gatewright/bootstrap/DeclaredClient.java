package dev.gatewright.bootstrap;

import dev.gatewright.client.ClientMetadata;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client in the file, by the names of the contract's {@code ClientRegistration}, with its secret.
 *
 * @param clientSecret null for a public client
 */
record DeclaredClient(YamlSection at, ClientMetadata metadata, @Nullable String clientSecret) {
  /** RFC 6749 appendix A.2, and long enough for the fast hash. */
  private static final Pattern SECRET = Pattern.compile("[\\x20-\\x7E]{32,200}");

  static DeclaredClient read(YamlSection at) {
    at.allowOnly(
        "client_id",
        "client_secret",
        "client_name",
        "application_type",
        "token_endpoint_auth_method",
        "grant_types",
        "redirect_uris",
        "scope",
        "default_scope",
        "require_pkce",
        "require_consent",
        "refresh_token_policy",
        "access_token_lifetime",
        "refresh_token_lifetime",
        "access_token_signed_response_alg",
        "id_token_signed_response_alg",
        "resource_server_for");
    var metadata =
        new ClientMetadata(
            at.requiredText("client_id"),
            at.requiredText("client_name"),
            at.text("application_type"),
            at.text("token_endpoint_auth_method"),
            at.texts("grant_types"),
            at.texts("redirect_uris"),
            at.text("scope"),
            at.text("default_scope"),
            at.flag("require_pkce"),
            at.flag("require_consent"),
            at.text("refresh_token_policy"),
            at.integer("access_token_lifetime"),
            at.integer("refresh_token_lifetime"),
            at.text("access_token_signed_response_alg"),
            at.text("id_token_signed_response_alg"),
            at.texts("resource_server_for"));
    return new DeclaredClient(at, metadata, secret(at, metadata));
  }

  private static @Nullable String secret(YamlSection at, ClientMetadata metadata) {
    @Nullable String secret = at.text("client_secret");
    boolean isPublic = Objects.equals(metadata.tokenEndpointAuthMethod(), "none");
    if (isPublic && secret != null) {
      throw at.mistake("client_secret", "must be absent from a public client");
    }
    if (!isPublic && (secret == null || !SECRET.matcher(secret).matches())) {
      throw at.mistake(
          "client_secret",
          "must be 32 to 200 printable ASCII characters, made at random, for a confidential"
              + " client");
    }
    return secret;
  }

  @Override
  public String toString() {
    return "DeclaredClient[" + metadata.clientId() + "]";
  }
}
