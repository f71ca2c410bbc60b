package dev.gatewright.client;

import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.Scopes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clients as tests need them. */
public final class TestClients {
  /** Every scope and every resource exists. */
  public static final Registrable ANYTHING = new Registrable(scope -> true, resource -> true);

  private TestClients() {}

  /** What is said of a confidential web client; null metadata fields are defaults. */
  public static ClientMetadata web(String clientId) {
    return metadata(
        clientId,
        "web",
        "client_secret_basic",
        List.of("https://" + clientId + ".example/callback"));
  }

  /** What is said of a public native client. */
  public static ClientMetadata nativeApplication(String clientId) {
    return metadata(clientId, "native", "none", List.of("http://127.0.0.1/callback"));
  }

  static ClientMetadata metadata(
      String clientId, String applicationType, String method, List<String> redirectUris) {
    return new ClientMetadata(
        clientId,
        "A client",
        applicationType,
        method,
        List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN),
        redirectUris,
        "openid user:read",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        ClientOptions.NONE);
  }

  static Client client(ApplicationType type, String... redirectUris) {
    return new Client(
        "a-client",
        "A client",
        type,
        ClientAuthMethod.NONE,
        null,
        List.of(GrantType.AUTHORIZATION_CODE),
        List.of(redirectUris),
        Scopes.of(List.of("openid")),
        null,
        true,
        true,
        RefreshTokenPolicy.OFFLINE_ACCESS,
        3600,
        2_592_000,
        null,
        "ES256",
        "RS256",
        List.of(),
        ClientOptions.NONE,
        0,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /**
   * One change to metadata by the contract's names; other names than these tests use are refused.
   */
  public static ClientMetadata with(ClientMetadata before, String field, @Nullable Object value) {
    return new ClientMetadata(
        before.clientId(),
        field.equals("client_name") ? (String) value : before.clientName(),
        field.equals("application_type") ? (String) value : before.applicationType(),
        field.equals("token_endpoint_auth_method")
            ? (String) value
            : before.tokenEndpointAuthMethod(),
        field.equals("grant_types") ? strings(value) : before.grantTypes(),
        field.equals("redirect_uris") ? strings(value) : before.redirectUris(),
        field.equals("scope") ? (String) value : before.scope(),
        field.equals("default_scope") ? (String) value : before.defaultScope(),
        field.equals("require_pkce") ? (Boolean) value : before.requirePkce(),
        before.requireConsent(),
        field.equals("refresh_token_policy") ? (String) value : before.refreshTokenPolicy(),
        field.equals("access_token_lifetime") ? (Integer) value : before.accessTokenLifetime(),
        before.refreshTokenLifetime(),
        before.refreshTokenIdleLifetime(),
        field.equals("access_token_signed_response_alg")
            ? (String) value
            : before.accessTokenSignedResponseAlg(),
        before.idTokenSignedResponseAlg(),
        field.equals("resource_server_for") ? strings(value) : before.resourceServerFor(),
        before.options());
  }

  private static @Nullable List<String> strings(@Nullable Object value) {
    return value == null ? null : ((List<?>) value).stream().map(String.class::cast).toList();
  }
}
