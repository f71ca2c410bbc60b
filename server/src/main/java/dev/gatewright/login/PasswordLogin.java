package dev.gatewright.login;

import dev.gatewright.user.LoginThrottle;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Proves a user by password, as often as {@link LoginThrottle} lets it be tried. */
@Singleton
class PasswordLogin {
  /** How the user authenticated (RFC 8176). */
  static final String AMR = "pwd";

  private final Users users;
  private final LoginThrottle throttle;

  PasswordLogin(Users users, LoginThrottle throttle) {
    this.users = users;
    this.throttle = throttle;
  }

  /**
   * The user, if login and password are right.
   *
   * @param login user name or email
   * @throws dev.gatewright.http.ProblemException 429 after too many failures
   * @throws dev.gatewright.crypto.PasswordHasher.Busy when too many passwords are being checked
   */
  Optional<User> attempt(HttpRequest<?> request, String login, String password) {
    return throttle.attempt(
        login, request, () -> users.authenticate(login, password), Optional::isPresent);
  }
}
