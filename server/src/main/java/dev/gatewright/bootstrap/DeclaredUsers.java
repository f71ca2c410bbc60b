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
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    Optional<User> current = users.findByUsername(declared.username());
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
    var profile =
        new Profile(
            declared.username(),
            declared.email(),
            declared.name(),
            declared.givenName(),
            declared.familyName());
    users.create(
        new NewUser(profile, declared.password()),
        Objects.requireNonNullElse(declared.role(), Role.USER),
        Boolean.TRUE.equals(declared.emailVerified()));
  }

  private User update(DeclaredUser declared, User current) {
    var profile =
        new Profile(
            declared.username(),
            orElse(declared.email(), current.email()),
            orElse(declared.name(), current.name()),
            orElse(declared.givenName(), current.givenName()),
            orElse(declared.familyName(), current.familyName()));
    Role role = Objects.requireNonNullElse(declared.role(), current.role());
    boolean sameEmail = Objects.equals(profile.email(), current.email());
    boolean verified =
        Objects.requireNonNullElse(declared.emailVerified(), sameEmail && current.emailVerified());
    if (profile.equals(current.profile())
        && role == current.role()
        && verified == current.emailVerified()) {
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

  private static @Nullable String orElse(@Nullable String declared, @Nullable String current) {
    return declared == null ? current : declared;
  }
}
