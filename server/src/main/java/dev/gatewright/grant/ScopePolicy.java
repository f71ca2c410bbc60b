package dev.gatewright.grant;

import dev.gatewright.client.Client;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.resource.Resources;
import dev.gatewright.user.User;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Which of the scopes that a client asks for it can get. */
@Singleton
public class ScopePolicy {
  private final Resources resources;

  public ScopePolicy(Resources resources) {
    this.resources = resources;
  }

  /**
   * What an authorization request can ask of any user: scopes that are unknown, or that the client
   * is not registered for, are left out (RFC 6749 §3.3, OpenID Connect Core §3.1.2.1).
   *
   * @param asked the parameter {@code scope}; absent for the client's default
   * @throws OAuthException {@code invalid_scope} when nothing remains
   */
  public Scopes requested(Client client, @Nullable String asked) {
    Scopes wanted = asked == null ? client.defaultScope() : parse(asked);
    if (wanted == null) {
      throw new OAuthException(
          ErrorCode.INVALID_SCOPE, "No scope was asked for, and this client has no default");
    }
    return required(
        wanted.filter(scope ->
            client.scope().contains(scope) && resources.knows(scope) && isUsable(client, scope)),
        "This client is not registered for any scope that was asked for");
  }

  /**
   * What of it this user can grant: administrative scopes are an administrator's.
   *
   * @throws OAuthException {@code invalid_scope} when nothing remains
   */
  public Scopes grantable(User user, Scopes requested) {
    return user.isAdministrator()
        ? requested
        : required(
            requested.filter(scope -> !ServerScopes.ADMINISTRATIVE.contains(scope)),
            "Only an administrator can grant what was asked for");
  }

  /**
   * What a client can have for itself (RFC 6749 §4.4): nothing that is about a user.
   *
   * @param asked the parameter {@code scope}; absent for the client's default, or all that it is
   *     registered for
   * @throws OAuthException {@code invalid_scope} for a scope that it is not registered for, or when
   *     nothing remains
   */
  public Scopes forItself(Client client, @Nullable String asked) {
    Scopes registered = client.defaultScope() == null ? client.scope() : client.defaultScope();
    Scopes wanted = asked == null ? registered : parse(asked);
    if (!client.scope().containsAll(wanted)) {
      throw new OAuthException(
          ErrorCode.INVALID_SCOPE, "This client is not registered for a scope that was asked for");
    }
    return required(
        wanted.filter(scope -> !ServerScopes.OF_A_USER.contains(scope) && resources.knows(scope)),
        "None of the scopes is one that a client can have for itself");
  }

  /**
   * A part of what was granted, at a refresh (RFC 6749 §6).
   *
   * @throws OAuthException {@code invalid_scope} for more than was granted
   */
  public Scopes narrowed(Client client, Scopes granted, @Nullable String asked) {
    Scopes still = granted.retain(client.scope());
    Scopes wanted = asked == null ? still : parse(asked);
    if (!still.containsAll(wanted)) {
      throw new OAuthException(ErrorCode.INVALID_SCOPE, "A scope was not granted");
    }
    return wanted;
  }

  private static boolean isUsable(Client client, String scope) {
    return !scope.equals(ServerScopes.OFFLINE_ACCESS) || client.mayUse(GrantType.REFRESH_TOKEN);
  }

  private static Scopes parse(String asked) {
    try {
      return Scopes.parse(asked);
    } catch (IllegalArgumentException e) {
      throw new OAuthException(
          ErrorCode.INVALID_SCOPE, "The scope holds a character that is not allowed");
    }
  }

  private static Scopes required(Scopes scopes, String otherwise) {
    if (scopes.isEmpty()) {
      throw new OAuthException(ErrorCode.INVALID_SCOPE, otherwise);
    }
    return scopes;
  }
}
