package dev.gatewright.userinfo;

import dev.gatewright.api.UserInfoApi;
import dev.gatewright.api.model.UserInfo;
import dev.gatewright.bearer.Caller;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.user.User;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * {@code /oauth2/userinfo}: the claims that the access token's scopes allow (OpenID Connect Core
 * §5.4).
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class UserInfoController implements UserInfoApi {
  private final Caller caller;

  UserInfoController(Caller caller) {
    this.caller = caller;
  }

  @Override
  public HttpResponse<UserInfo> getUserInfo() {
    User user = caller.user();
    return HttpResponse.ok(claims(user, caller.token().scopes()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  @Override
  public HttpResponse<UserInfo> getUserInfoByPost() {
    return getUserInfo();
  }

  private static UserInfo claims(User user, Scopes scopes) {
    UserInfo claims = new UserInfo().sub(user.id().toString());
    if (scopes.contains(ServerScopes.PROFILE)) {
      claims
          .preferredUsername(user.username())
          .name(user.name())
          .givenName(user.givenName())
          .familyName(user.familyName())
          .updatedAt(user.updatedAt().getEpochSecond());
    }
    if (scopes.contains(ServerScopes.EMAIL) && user.email() != null) {
      claims.email(user.email()).emailVerified(user.emailVerified());
    }
    return claims;
  }
}
