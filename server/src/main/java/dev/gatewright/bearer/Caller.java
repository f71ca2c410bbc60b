package dev.gatewright.bearer;

import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Who calls the operation at hand, by the access token of its request. */
@Singleton
public class Caller {
  private final Users users;

  public Caller(Users users) {
    this.users = users;
  }

  /** The verified access token. */
  public AccessToken token() {
    return ServerRequestContext.currentRequest()
        .flatMap(request -> request.getUserPrincipal(Authentication.class))
        .flatMap(AccessToken::of)
        .orElseThrow(() ->
            new UnfitTokenException(
                ErrorCode.INVALID_TOKEN, "This operation needs an access token"));
  }

  /**
   * The user whom the access token stands for, as when it was verified.
   *
   * @throws UnfitTokenException 403 when a client calls for itself, 401 when the user is gone
   */
  public User user() {
    @Nullable User user = token().user();
    if (user == null) {
      throw new UnfitTokenException(
          ErrorCode.INSUFFICIENT_SCOPE,
          "This operation is for users; the access token is a client's own");
    }
    return user;
  }

  /**
   * As {@link #user}, but read again: as the account is now.
   *
   * @throws UnfitTokenException the same
   */
  public User userNow() {
    return users
        .find(user().id())
        .orElseThrow(() ->
            new UnfitTokenException(
                ErrorCode.INVALID_TOKEN, "The user of the access token is gone"));
  }
}
