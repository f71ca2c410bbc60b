package dev.gatewright.client;

import dev.gatewright.oauth.Scopes;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.annotation.Version;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A registered client (RFC 6749 §2); the names are those of RFC 7591 §2.
 *
 * @param clientId 1 to 100 unreserved characters (RFC 3986 §2.3)
 * @param clientName what people read on the consent page
 * @param secretHash 32 bytes, see {@link ClientSecrets}; null: it does not authenticate by a
 *     secret, or its secret is yet to be made
 * @param grantTypes see {@link dev.gatewright.oauth.GrantType}
 * @param redirectUris compared by {@link RedirectUris}
 * @param scope all that it may ask for
 * @param defaultScope what it is given when it asks for none; null: nothing
 * @param requirePkce whether its authorization requests must carry a code challenge (RFC 7636)
 * @param requireConsent whether users are asked
 * @param accessTokenLifetime seconds
 * @param refreshTokenLifetime seconds that a token family lives
 * @param refreshTokenIdleLifetime seconds that a refresh token may go unused; null: as long as its
 *     family lives
 * @param accessTokenSignedResponseAlg the JWS algorithm of its access tokens, unless the protected
 *     resource names one
 * @param idTokenSignedResponseAlg the JWS algorithm of its ID tokens
 * @param resourceServerFor identifiers of the protected resources it serves; empty: it may not
 *     introspect
 * @param version counts changes
 */
@MappedEntity("client")
public record Client(
    @Id String clientId,
    String clientName,
    @TypeDef(type = DataType.STRING, converter = ApplicationType.Column.class)
        ApplicationType applicationType,
    @TypeDef(type = DataType.STRING, converter = ClientAuthMethod.Column.class)
        ClientAuthMethod tokenEndpointAuthMethod,
    // Micronaut does not see JSpecify's annotation on an array
    @io.micronaut.core.annotation.Nullable byte @Nullable [] secretHash,
    @TypeDef(type = DataType.STRING, converter = SpaceSeparated.class) List<String> grantTypes,
    @TypeDef(type = DataType.STRING, converter = SpaceSeparated.class) List<String> redirectUris,
    @TypeDef(type = DataType.STRING, converter = ScopesColumn.class) Scopes scope,
    @TypeDef(type = DataType.STRING, converter = ScopesColumn.class) @Nullable Scopes defaultScope,
    boolean requirePkce,
    boolean requireConsent,
    @TypeDef(type = DataType.STRING, converter = RefreshTokenPolicy.Column.class)
        RefreshTokenPolicy refreshTokenPolicy,
    int accessTokenLifetime,
    int refreshTokenLifetime,
    @Nullable Integer refreshTokenIdleLifetime,
    String accessTokenSignedResponseAlg,
    String idTokenSignedResponseAlg,
    @TypeDef(type = DataType.STRING, converter = SpaceSeparated.class)
        List<String> resourceServerFor,
    @TypeDef(type = DataType.STRING, converter = OptionsColumn.class) ClientOptions options,
    @Version int version,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether it keeps no secret (RFC 6749 §2.1). */
  public boolean isPublic() {
    return tokenEndpointAuthMethod == ClientAuthMethod.NONE;
  }

  /** Whether it authenticates by a secret. */
  boolean needsSecret() {
    return tokenEndpointAuthMethod == ClientAuthMethod.CLIENT_SECRET_BASIC
        || tokenEndpointAuthMethod == ClientAuthMethod.CLIENT_SECRET_POST;
  }

  /** Whether it is registered for a grant type. */
  public boolean mayUse(String grantType) {
    return grantTypes.contains(grantType);
  }

  /**
   * The host whose clients know a user by the same pairwise subject identifier (OpenID Connect Core
   * §8.1): that of {@code sector_identifier_uri}, or the one of all redirect URIs.
   */
  public String sectorIdentifier() {
    return ClientOptionRules.hostOf(
        Objects.requireNonNullElseGet(
            options.sectorIdentifierUri(), () -> redirectUris.getFirst()));
  }

  /** The same client with another secret. */
  Client withSecretHash(byte @Nullable [] hash, Instant now) {
    return new Client(
        clientId,
        clientName,
        applicationType,
        tokenEndpointAuthMethod,
        hash,
        grantTypes,
        redirectUris,
        scope,
        defaultScope,
        requirePkce,
        requireConsent,
        refreshTokenPolicy,
        accessTokenLifetime,
        refreshTokenLifetime,
        refreshTokenIdleLifetime,
        accessTokenSignedResponseAlg,
        idTokenSignedResponseAlg,
        resourceServerFor,
        options,
        version,
        createdAt,
        now);
  }
}
