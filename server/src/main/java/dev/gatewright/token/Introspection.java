package dev.gatewright.token;

import dev.gatewright.api.model.IntrospectionResponse;
import dev.gatewright.bearer.AccessToken;
import dev.gatewright.bearer.AccessTokens;
import dev.gatewright.bearer.InvalidTokenException;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientOptions;
import dev.gatewright.client.Clients;
import dev.gatewright.grant.AccessGrant;
import dev.gatewright.grant.PresentedRefreshToken;
import dev.gatewright.grant.PresentedTokens;
import dev.gatewright.grant.Subjects;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.settings.ServerSettings;
import dev.gatewright.user.User;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a resource server of a token (RFC 7662): of access tokens for the protected resources that
 * it serves, and of its own tokens. Of every other token it learns nothing but {@code active:
 * false}.
 */
@Singleton
final class Introspection {
  private final AccessTokens accessTokens;
  private final PresentedTokens presentedTokens;
  private final Clients clients;
  private final Subjects subjects;
  private final String issuer;
  private final Clock clock;

  Introspection(
      AccessTokens accessTokens,
      PresentedTokens presentedTokens,
      Clients clients,
      Subjects subjects,
      ServerSettings settings,
      Clock clock) {
    this.accessTokens = accessTokens;
    this.presentedTokens = presentedTokens;
    this.clients = clients;
    this.subjects = subjects;
    this.issuer = settings.issuer();
    this.clock = clock;
  }

  /**
   * What the client may know of the token.
   *
   * @throws OAuthException for a client that is no resource server
   */
  IntrospectionResponse introspect(Client client, String token) {
    if (client.isPublic()) {
      throw new OAuthException(
          ErrorCode.INVALID_CLIENT, "Introspection needs an authenticated client");
    }
    if (client.resourceServerFor().isEmpty()) {
      throw new OAuthException(
          ErrorCode.UNAUTHORIZED_CLIENT,
          "This client is not registered as a resource server",
          null,
          403);
    }
    return accessToken(client, token)
        .or(() -> refreshToken(client, token))
        .orElseGet(() -> new IntrospectionResponse().active(false));
  }

  private Optional<IntrospectionResponse> accessToken(Client client, String token) {
    AccessToken verified;
    try {
      verified = accessTokens.verify(token);
    } catch (InvalidTokenException e) {
      return Optional.empty();
    }
    boolean own = verified.clientId().equals(client.clientId());
    if (!own && Collections.disjoint(verified.audience(), client.resourceServerFor())) {
      return Optional.empty();
    }
    // a client that was deleted just now has taken its tokens with it
    return clients.find(verified.clientId()).map(holder -> accessToken(verified, holder));
  }

  private IntrospectionResponse accessToken(AccessToken verified, Client holder) {
    return new IntrospectionResponse()
        .active(true)
        .tokenType("Bearer")
        .clientId(verified.clientId())
        .scope(verified.scopes().toString())
        .sub(verified.subject())
        .username(username(holder, verified.user()))
        .aud(verified.audience())
        .iss(issuer)
        .jti(verified.jti().toString())
        .iat(verified.issuedAt().getEpochSecond())
        .exp(verified.expiresAt().getEpochSecond());
  }

  private Optional<IntrospectionResponse> refreshToken(Client client, String token) {
    return presentedTokens
        .refreshToken(token)
        .filter(presented -> presented.isLive(clock.instant()))
        .filter(presented -> presented.grant().clientId().equals(client.clientId()))
        .map(presented -> refreshToken(client, presented));
  }

  private IntrospectionResponse refreshToken(Client client, PresentedRefreshToken presented) {
    AccessGrant grant = presented.grant();
    return new IntrospectionResponse()
        .active(true)
        .clientId(grant.clientId())
        .scope(grant.scope())
        .sub(subjects.of(client, grant.userId()))
        .username(username(client, presented.user()))
        .iss(issuer)
        .iat(presented.token().createdAt().getEpochSecond())
        .exp(presented.token().endsAt().getEpochSecond());
  }

  /**
   * Absent where the subject identifier is pairwise: a user name is the same everywhere (OpenID
   * Connect Core §8.1).
   */
  private static @Nullable String username(Client client, @Nullable User user) {
    boolean pairwise = client.options().subjectType().equals(ClientOptions.PAIRWISE);
    return user == null || pairwise ? null : user.username();
  }
}
