package dev.gatewright.admin;

import dev.gatewright.api.model.ClientPatch;
import dev.gatewright.api.model.ClientRegistration;
import dev.gatewright.api.model.ClientWithSecret;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientMetadata;
import dev.gatewright.client.RegisteredClient;
import dev.gatewright.http.ProblemException;
import dev.gatewright.oauth.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clients between the contract's words and ours. */
final class ClientModels {
  private ClientModels() {}

  static ClientMetadata metadata(ClientRegistration model) {
    return new ClientMetadata(
        model.getClientId(),
        model.getClientName(),
        model.getApplicationType() == null ? null : model.getApplicationType().getValue(),
        model.getTokenEndpointAuthMethod() == null
            ? null
            : model.getTokenEndpointAuthMethod().getValue(),
        words("grant_types", model.getGrantTypes()),
        words("redirect_uris", model.getRedirectUris()),
        model.getScope(),
        model.getDefaultScope(),
        model.getRequirePkce(),
        model.getRequireConsent(),
        model.getRefreshTokenPolicy() == null ? null : model.getRefreshTokenPolicy().getValue(),
        model.getAccessTokenLifetime(),
        model.getRefreshTokenLifetime(),
        model.getAccessTokenSignedResponseAlg() == null
            ? null
            : model.getAccessTokenSignedResponseAlg().getValue(),
        model.getIdTokenSignedResponseAlg() == null
            ? null
            : model.getIdTokenSignedResponseAlg().getValue(),
        words("resource_server_for", model.getResourceServerFor()));
  }

  /** An absent member stays, null becomes the default (RFC 7396). */
  static ClientMetadata patched(ClientMetadata before, ClientPatch patch) {
    ClientMetadata after = metadata(patch);
    return new ClientMetadata(
        before.clientId(),
        patch.has("client_name") ? after.clientName() : before.clientName(),
        patch.has("application_type") ? after.applicationType() : before.applicationType(),
        patch.has("token_endpoint_auth_method")
            ? after.tokenEndpointAuthMethod()
            : before.tokenEndpointAuthMethod(),
        patch.has("grant_types") ? after.grantTypes() : before.grantTypes(),
        patch.has("redirect_uris") ? after.redirectUris() : before.redirectUris(),
        patch.has("scope") ? after.scope() : before.scope(),
        patch.has("default_scope") ? after.defaultScope() : before.defaultScope(),
        patch.has("require_pkce") ? after.requirePkce() : before.requirePkce(),
        patch.has("require_consent") ? after.requireConsent() : before.requireConsent(),
        patch.has("refresh_token_policy")
            ? after.refreshTokenPolicy()
            : before.refreshTokenPolicy(),
        patch.has("access_token_lifetime")
            ? after.accessTokenLifetime()
            : before.accessTokenLifetime(),
        patch.has("refresh_token_lifetime")
            ? after.refreshTokenLifetime()
            : before.refreshTokenLifetime(),
        patch.has("access_token_signed_response_alg")
            ? after.accessTokenSignedResponseAlg()
            : before.accessTokenSignedResponseAlg(),
        patch.has("id_token_signed_response_alg")
            ? after.idTokenSignedResponseAlg()
            : before.idTokenSignedResponseAlg(),
        patch.has("resource_server_for") ? after.resourceServerFor() : before.resourceServerFor());
  }

  private static ClientMetadata metadata(ClientPatch model) {
    return new ClientMetadata(
        null,
        model.getClientName(),
        model.getApplicationType() == null ? null : model.getApplicationType().getValue(),
        model.getTokenEndpointAuthMethod() == null
            ? null
            : model.getTokenEndpointAuthMethod().getValue(),
        words("grant_types", model.getGrantTypes()),
        words("redirect_uris", model.getRedirectUris()),
        model.getScope(),
        model.getDefaultScope(),
        model.getRequirePkce(),
        model.getRequireConsent(),
        model.getRefreshTokenPolicy() == null ? null : model.getRefreshTokenPolicy().getValue(),
        model.getAccessTokenLifetime(),
        model.getRefreshTokenLifetime(),
        model.getAccessTokenSignedResponseAlg() == null
            ? null
            : model.getAccessTokenSignedResponseAlg().getValue(),
        model.getIdTokenSignedResponseAlg() == null
            ? null
            : model.getIdTokenSignedResponseAlg().getValue(),
        words("resource_server_for", model.getResourceServerFor()));
  }

  static dev.gatewright.api.model.Client client(Client client) {
    return new dev.gatewright.api.model.Client()
        .clientId(client.clientId())
        .clientName(client.clientName())
        .applicationType(
            dev.gatewright.api.model.Client.ApplicationTypeEnum.fromValue(
                client.applicationType().value()))
        .tokenEndpointAuthMethod(
            dev.gatewright.api.model.Client.TokenEndpointAuthMethodEnum.fromValue(
                client.tokenEndpointAuthMethod().value()))
        .grantTypes(client.grantTypes())
        .redirectUris(client.redirectUris())
        .scope(client.scope().toString())
        .defaultScope(text(client.defaultScope()))
        .requirePkce(client.requirePkce())
        .requireConsent(client.requireConsent())
        .refreshTokenPolicy(
            dev.gatewright.api.model.Client.RefreshTokenPolicyEnum.fromValue(
                client.refreshTokenPolicy().value()))
        .accessTokenLifetime(client.accessTokenLifetime())
        .refreshTokenLifetime(client.refreshTokenLifetime())
        .accessTokenSignedResponseAlg(
            dev.gatewright.api.model.Client.AccessTokenSignedResponseAlgEnum.fromValue(
                client.accessTokenSignedResponseAlg()))
        .idTokenSignedResponseAlg(
            dev.gatewright.api.model.Client.IdTokenSignedResponseAlgEnum.fromValue(
                client.idTokenSignedResponseAlg()))
        .resourceServerFor(client.resourceServerFor())
        .createdAt(client.createdAt())
        .updatedAt(client.updatedAt());
  }

  static ClientWithSecret withSecret(RegisteredClient registered) {
    Client client = registered.client();
    return new ClientWithSecret()
        .clientId(client.clientId())
        .clientName(client.clientName())
        .applicationType(
            ClientWithSecret.ApplicationTypeEnum.fromValue(client.applicationType().value()))
        .tokenEndpointAuthMethod(
            ClientWithSecret.TokenEndpointAuthMethodEnum.fromValue(
                client.tokenEndpointAuthMethod().value()))
        .grantTypes(client.grantTypes())
        .redirectUris(client.redirectUris())
        .scope(client.scope().toString())
        .defaultScope(text(client.defaultScope()))
        .requirePkce(client.requirePkce())
        .requireConsent(client.requireConsent())
        .refreshTokenPolicy(
            ClientWithSecret.RefreshTokenPolicyEnum.fromValue(client.refreshTokenPolicy().value()))
        .accessTokenLifetime(client.accessTokenLifetime())
        .refreshTokenLifetime(client.refreshTokenLifetime())
        .accessTokenSignedResponseAlg(
            ClientWithSecret.AccessTokenSignedResponseAlgEnum.fromValue(
                client.accessTokenSignedResponseAlg()))
        .idTokenSignedResponseAlg(
            ClientWithSecret.IdTokenSignedResponseAlgEnum.fromValue(
                client.idTokenSignedResponseAlg()))
        .resourceServerFor(client.resourceServerFor())
        .createdAt(client.createdAt())
        .updatedAt(client.updatedAt())
        .clientSecret(registered.clientSecret());
  }

  private static @Nullable String text(@Nullable Scopes scopes) {
    return scopes == null ? null : scopes.toString();
  }

  private static @Nullable List<String> words(
      String field, @Nullable List<@Nullable String> words) {
    if (words == null) {
      return null;
    }
    for (@Nullable String word : words) {
      if (word == null) {
        throw ProblemException.invalid(field, "must hold no null");
      }
    }
    return List.copyOf(words);
  }
}
