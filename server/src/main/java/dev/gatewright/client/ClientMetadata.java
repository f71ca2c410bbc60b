package dev.gatewright.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gatewright.oauth.GrantType;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of a client: client metadata by the names of RFC 7591 §2, as received and
 * not yet checked. Null asks for the default.
 *
 * @param scope separated by spaces
 * @param defaultScope separated by spaces
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientMetadata(
    @Nullable String clientId,
    @Nullable String clientName,
    @Nullable String applicationType,
    @Nullable String tokenEndpointAuthMethod,
    @Nullable List<String> grantTypes,
    @Nullable List<String> redirectUris,
    @Nullable String scope,
    @Nullable String defaultScope,
    @Nullable Boolean requirePkce,
    @Nullable Boolean requireConsent,
    @Nullable String refreshTokenPolicy,
    @Nullable Integer accessTokenLifetime,
    @Nullable Integer refreshTokenLifetime,
    @Nullable Integer refreshTokenIdleLifetime,
    @Nullable String accessTokenSignedResponseAlg,
    @Nullable String idTokenSignedResponseAlg,
    @Nullable List<String> resourceServerFor,
    @JsonUnwrapped ClientOptions options) {

  static final int ACCESS_TOKEN_LIFETIME = 3600;
  static final int REFRESH_TOKEN_LIFETIME = 2_592_000;
  static final String ACCESS_TOKEN_ALG = "ES256";
  static final String ID_TOKEN_ALG = "RS256";

  /** Whether the client authenticates by a secret, as it does when it does not say how. */
  public boolean usesSecret() {
    return ClientAuthMethod.of(tokenEndpointAuthMethod)
        .map(ClientAuthMethod::usesSecret)
        .orElse(true);
  }

  /** What was said of a registered client, the defaults spelled out. */
  public static ClientMetadata of(Client client) {
    return new ClientMetadata(
        client.clientId(),
        client.clientName(),
        client.applicationType().value(),
        client.tokenEndpointAuthMethod().value(),
        client.grantTypes(),
        client.redirectUris(),
        client.scope().toString(),
        client.defaultScope() == null ? null : client.defaultScope().toString(),
        client.requirePkce(),
        client.requireConsent(),
        client.refreshTokenPolicy().value(),
        client.accessTokenLifetime(),
        client.refreshTokenLifetime(),
        client.refreshTokenIdleLifetime(),
        client.accessTokenSignedResponseAlg(),
        client.idTokenSignedResponseAlg(),
        client.resourceServerFor(),
        client.options());
  }

  /**
   * The same, with each default in its place and no repetitions in a list.
   *
   * @param id the {@code client_id} when there is none
   */
  ClientMetadata complete(String id) {
    return new ClientMetadata(
        Objects.requireNonNullElse(clientId, id),
        clientName == null ? null : clientName.strip(),
        Objects.requireNonNullElse(applicationType, ApplicationType.WEB.value()),
        Objects.requireNonNullElse(
            tokenEndpointAuthMethod, ClientAuthMethod.CLIENT_SECRET_BASIC.value()),
        distinct(grantTypes, List.of(GrantType.AUTHORIZATION_CODE)),
        distinct(redirectUris, List.of()),
        Objects.requireNonNullElse(scope, ""),
        defaultScope == null || defaultScope.isBlank() ? null : defaultScope,
        Objects.requireNonNullElse(requirePkce, true),
        Objects.requireNonNullElse(requireConsent, true),
        Objects.requireNonNullElse(refreshTokenPolicy, RefreshTokenPolicy.OFFLINE_ACCESS.value()),
        Objects.requireNonNullElse(accessTokenLifetime, ACCESS_TOKEN_LIFETIME),
        Objects.requireNonNullElse(refreshTokenLifetime, REFRESH_TOKEN_LIFETIME),
        refreshTokenIdleLifetime,
        Objects.requireNonNullElse(accessTokenSignedResponseAlg, ACCESS_TOKEN_ALG),
        Objects.requireNonNullElse(idTokenSignedResponseAlg, ID_TOKEN_ALG),
        distinct(resourceServerFor, List.of()),
        options);
  }

  private static List<String> distinct(@Nullable List<String> words, List<String> absent) {
    return words == null ? absent : words.stream().distinct().toList();
  }
}
