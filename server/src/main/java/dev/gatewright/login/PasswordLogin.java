package dev.gatewright.login;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
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
  private final Audit audit;

  PasswordLogin(Users users, LoginThrottle throttle, Audit audit) {
    this.users = users;
    this.throttle = throttle;
    this.audit = audit;
  }

  /**
   * The user, if login and password are right.
   *
   * @param login user name or email
   * @throws dev.gatewright.http.ProblemException 429 after too many failures
   * @throws dev.gatewright.crypto.PasswordHasher.Busy when too many passwords are being checked
   */
  Optional<User> attempt(HttpRequest<?> request, String login, String password) {
    Optional<User> user =
        throttle.attempt(
            login, request, () -> users.authenticate(login, password), Optional::isPresent);
    if (user.isEmpty()) {
      recordRefusal(login);
    }
    return user;
  }

  /** By the account, if there is one: what was typed is not kept, for it may be a password. */
  private void recordRefusal(String login) {
    AuditEvent refusal = AuditEvent.refusal(Act.LOGIN).by(Actor.ANONYMOUS).with("amr", AMR);
    audit.recordRefusal(
        users
            .findByLogin(login)
            .map(named -> refusal.on(Subject.user(named.id())))
            .orElse(refusal));
  }
}
