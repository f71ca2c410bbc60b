package dev.gatewright.bootstrap;

import dev.gatewright.database.Transactions;
import dev.gatewright.grant.Grants;
import dev.gatewright.http.ProblemException;
import dev.gatewright.session.SessionEndings;
import dev.gatewright.user.NewUser;
import dev.gatewright.user.Profile;
import dev.gatewright.user.Role;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import dev.gatewright.user.Verified;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;

/** Creates declared users, and brings existing ones to what is declared of them. */
@Singleton
final class DeclaredUsers {
  private final Users users;
  private final Grants grants;
  private final SessionEndings sessions;
  private final Transactions transactions;

  DeclaredUsers(Users users, Grants grants, SessionEndings sessions, Transactions transactions) {
    this.users = users;
    this.grants = grants;
    this.sessions = sessions;
    this.transactions = transactions;
  }

  /**
   * Applies one declaration.
   *
   * @throws ProblemException 400; 409: user name or email is taken; 412: overtaken by another
   *     change
   */
  void declare(DeclaredUser declared) {
    Optional<User> current = users.findByUsername(declared.profile().username());
    if (current.isEmpty()) {
      create(declared);
      return;
    }
    User updated = update(declared, current.get());
    if (!users.verifyPassword(updated, declared.password())) {
      changePassword(updated, declared.password());
    }
  }

  private void create(DeclaredUser declared) {
    users.create(
        new NewUser(declared.profile(), declared.password()),
        Objects.requireNonNullElse(declared.role(), Role.USER),
        verified(declared, declared.profile(), Verified.NOTHING));
  }

  private User update(DeclaredUser declared, User current) {
    Profile profile = declared.profile().orElse(current.profile());
    Role role = Objects.requireNonNullElse(declared.role(), current.role());
    Verified verified = verified(declared, profile, Users.stillVerified(current, profile));
    if (profile.equals(current.profile())
        && role == current.role()
        && verified.equals(current.verified())) {
      return current;
    }
    return transactions.run(() -> {
      if (current.isAdministrator() && role != Role.ADMINISTRATOR) {
        grants.revokeByUser(current.id());
      }
      return users
          .declare(current, profile, role, verified)
          .orElseThrow(ProblemException::preconditionFailed);
    });
  }

  /** A password that someone else set ends what was begun with the old one. */
  private void changePassword(User user, String password) {
    boolean changed =
        users.changePassword(
            user,
            "password",
            password,
            () -> {
              sessions.endAllOf(user.id(), null);
              grants.revokeByUser(user.id());
            });
    if (!changed) {
      throw ProblemException.preconditionFailed();
    }
  }

  private static Verified verified(DeclaredUser declared, Profile profile, Verified otherwise) {
    return new Verified(
        profile.email() != null
            && Objects.requireNonNullElse(declared.emailVerified(), otherwise.email()),
        profile.phoneNumber() != null
            && Objects.requireNonNullElse(declared.phoneNumberVerified(), otherwise.phoneNumber()));
  }
}
