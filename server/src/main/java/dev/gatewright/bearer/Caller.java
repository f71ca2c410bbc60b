package dev.gatewright.bearer;

import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.util.UUID;
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
   * The user whom the access token stands for.
   *
   * @throws UnfitTokenException 403 when a client calls for itself, 401 when the user is gone
   */
  public User user() {
    @Nullable UUID userId = token().userId();
    if (userId == null) {
      throw new UnfitTokenException(
          ErrorCode.INSUFFICIENT_SCOPE,
          "This operation is for users; the access token is a client's own");
    }
    return users
        .find(userId)
        .orElseThrow(() ->
            new UnfitTokenException(
                ErrorCode.INVALID_TOKEN, "The user of the access token is gone"));
  }
}
