package dev.gatewright.account;

import dev.gatewright.bearer.AccessToken;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.security.utils.SecurityService;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The user whom the access token of the current request stands for. */
@Singleton
final class Caller {
  private final SecurityService security;
  private final Users users;

  Caller(SecurityService security, Users users) {
    this.security = security;
    this.users = users;
  }

  /**
   * The user.
   *
   * @throws ProblemException 403 for a client that acts for itself, 401 when the account is gone
   */
  User user() {
    Optional<AccessToken> token = token();
    @Nullable UUID id = token.map(AccessToken::userId).orElse(null);
    if (id == null) {
      throw ProblemException.of(ProblemType.INSUFFICIENT_SCOPE, "This access token stands for no user");
    }
    return users
        .find(id)
        .orElseThrow(() -> ProblemException.of(ProblemType.INVALID_TOKEN, "The account is gone"));
  }

  /** The grant that the access token names. */
  @Nullable UUID grantId() {
    return token().map(AccessToken::grantId).orElse(null);
  }

  private Optional<AccessToken> token() {
    return AccessToken.of(security.getAuthentication().orElse(null));
  }
}
