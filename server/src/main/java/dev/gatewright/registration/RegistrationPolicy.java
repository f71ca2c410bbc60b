package dev.gatewright.registration;

import dev.gatewright.client.ClientAuthMethod;
import dev.gatewright.client.ClientMetadata;
import dev.gatewright.client.RefreshTokenPolicy;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.resource.Resources;
import dev.gatewright.settings.InvalidSettingException;
import dev.gatewright.settings.RegistrationSettings;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the metadata that a client sends of itself (RFC 7591 §3.2.1: the server may
 * replace it). A client that nobody vouches for never gets what only an operator can give: scopes
 * beyond the configured ones, users who are not asked, introspection, lifetimes of its own.
 */
@Singleton
final class RegistrationPolicy {
  private final RegistrationSettings settings;
  private final Resources resources;
  private final Scopes configured;

  RegistrationPolicy(RegistrationSettings settings, Resources resources) {
    this.settings = settings;
    this.resources = resources;
    try {
      this.configured = Scopes.parse(settings.scope());
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          "gatewright.registration.scope", settings.scope(), "scopes separated by spaces");
    }
  }

  /**
   * The metadata to register.
   *
   * @param asked as sent
   * @param before what the client is registered with already; null for a new one
   */
  ClientMetadata metadata(ClientMetadata asked, @Nullable ClientMetadata before) {
    if (Objects.requireNonNullElse(asked.grantTypes(), List.<String>of())
        .contains(GrantType.CLIENT_CREDENTIALS)) {
      throw new OAuthException(
          ErrorCode.INVALID_CLIENT_METADATA,
          "grant_types must not hold client_credentials: a client that registers itself has no"
              + " scope of its own");
    }
    return new ClientMetadata(
        before == null ? null : before.clientId(),
        asked.clientName() == null ? name(asked) : asked.clientName(),
        asked.applicationType(),
        asked.tokenEndpointAuthMethod(),
        asked.grantTypes(),
        asked.redirectUris(),
        scope(asked.scope(), before),
        before == null ? null : before.defaultScope(),
        requirePkce(asked),
        before == null || Boolean.TRUE.equals(before.requireConsent()),
        before == null ? RefreshTokenPolicy.OFFLINE_ACCESS.value() : before.refreshTokenPolicy(),
        before == null ? null : before.accessTokenLifetime(),
        before == null ? null : before.refreshTokenLifetime(),
        before == null ? null : before.refreshTokenIdleLifetime(),
        before == null ? null : before.accessTokenSignedResponseAlg(),
        asked.idTokenSignedResponseAlg(),
        before == null ? null : before.resourceServerFor(),
        asked.options());
  }

  /** What is asked for of what may be given; all of that when nothing is asked for. */
  private String scope(@Nullable String asked, @Nullable ClientMetadata before) {
    Scopes most = configured.filter(resources::knows);
    Scopes allowed = before == null ? most : most.plus(Scopes.parse(before.scope()));
    if (asked == null || asked.isBlank()) {
      return most.toString();
    }
    try {
      return Scopes.parse(asked).retain(allowed).toString();
    } catch (IllegalArgumentException e) {
      throw new OAuthException(
          ErrorCode.INVALID_CLIENT_METADATA,
          "scope must be scopes separated by spaces (RFC 6749 section 3.3)");
    }
  }

  /** OAuth 2.1 §7.5.1: a public client always; a confidential one as it says, or as configured. */
  private boolean requirePkce(ClientMetadata asked) {
    boolean isPublic = ClientAuthMethod.NONE.value().equals(asked.tokenEndpointAuthMethod());
    return isPublic
        || settings.requirePkce()
        || Objects.requireNonNullElse(asked.requirePkce(), false);
  }

  /** People see some name on the consent page: the host that the answer goes to. */
  private static String name(ClientMetadata asked) {
    String fallback = "An application";
    List<String> redirectUris = Objects.requireNonNullElse(asked.redirectUris(), List.of());
    if (redirectUris.isEmpty()) {
      return fallback;
    }
    try {
      return Objects.requireNonNullElse(new URI(redirectUris.getFirst()).getHost(), fallback);
    } catch (URISyntaxException e) {
      return fallback; // refused by the rules
    }
  }
}
