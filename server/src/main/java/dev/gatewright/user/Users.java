package dev.gatewright.user;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.crypto.Ids;
import dev.gatewright.crypto.PasswordHasher;
import dev.gatewright.database.SqlErrors;
import dev.gatewright.database.Transactions;
import dev.gatewright.http.FieldError;
import dev.gatewright.http.ProblemException;
import dev.gatewright.settings.SignUpSettings;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The accounts. Whether a user name or an email is free is decided by the database's unique index
 * at the moment of writing; passwords are hashed before a transaction begins, never within one.
 */
@Singleton
public class Users {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final UserRepository repository;
  private final Transactions transactions;
  private final Audit audit;
  private final Passwords passwords;
  private final SignUpSettings settings;
  private final Clock clock;

  Users(
      UserRepository repository,
      Transactions transactions,
      Audit audit,
      Passwords passwords,
      SignUpSettings settings,
      Clock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.audit = audit;
    this.passwords = passwords;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes an account with an unverified email.
   *
   * @throws ProblemException 400 on what is not acceptable, 409 when user name or email is taken
   * @throws PasswordHasher.Busy when too many passwords are being hashed
   */
  public User signUp(NewUser newcomer) {
    return create(newcomer, Role.USER, Verified.NOTHING);
  }

  /**
   * Makes an account. A verified email is taken from an unverified holder at once; see {@link
   * #signUp}.
   *
   * @throws ProblemException as {@link #signUp}
   */
  public User create(NewUser newcomer, Role role, Verified verified) {
    Profile profile = newcomer.profile();
    List<FieldError> problems = new ArrayList<>(ProfileRules.check(profile));
    passwords.check("password", newcomer.password(), profile).ifPresent(problems::add);
    refuse(problems);
    String hash = passwords.hash(newcomer.password());
    Instant now = clock.instant();
    User user = User.of(Ids.next(), profile, verified, hash, role, now);
    return unique(() -> {
      freeEmail(user, now);
      User created = repository.save(user);
      audit.record(event(Act.USER_CREATED, created).with("role", role.value()));
      return created;
    });
  }

  public Optional<User> find(UUID id) {
    return repository.findById(id);
  }

  /** The user of this name, in whatever case. */
  public Optional<User> findByUsername(String username) {
    return ProfileRules.isUsername(username)
        ? repository.findByUsernameKey(ProfileRules.usernameKey(username))
        : Optional.empty();
  }

  /** The user of this user name or email, in whatever case; what holds an {@code @} is an email. */
  public Optional<User> findByLogin(String login) {
    if (ProfileRules.isEmail(login)) {
      return repository.findByEmailKey(ProfileRules.emailKey(login));
    }
    return findByUsername(login);
  }

  /**
   * The user whose login and password these are. One Argon2id computation either way, so that
   * neither the answer nor its time tells whether the user exists (OWASP ASVS 6.3.8). A hash made
   * with less than what is configured now is renewed.
   *
   * @throws PasswordHasher.Busy when too many passwords are being hashed
   */
  public Optional<User> authenticate(String login, String password) {
    @Nullable User user = findByLogin(login).orElse(null);
    if (!passwords.matches(user, password) || user == null) {
      return Optional.empty();
    }
    if (passwords.needsRehash(user)) {
      String fresh = passwords.hash(password);
      transactions.run(() -> repository.replacePasswordHash(user.id(), user.passwordHash(), fresh));
    }
    return Optional.of(user);
  }

  /**
   * Whether this is the user's password.
   *
   * @throws PasswordHasher.Busy when too many passwords are being hashed
   */
  public boolean verifyPassword(User user, String password) {
    return passwords.matches(user, password);
  }

  /**
   * Changes the profile. A changed email or phone number is unverified.
   *
   * @return empty when the account has changed since {@code from} was read
   * @throws ProblemException 400 on what is not acceptable, 409 when user name or email is taken
   */
  public Optional<User> update(User from, Profile to) {
    return declare(from, to, from.role(), stillVerified(from, to));
  }

  /**
   * Changes the profile, the role, and what is verified.
   *
   * @return empty when the account has changed since {@code from} was read
   * @throws ProblemException as {@link #update}
   */
  public Optional<User> declare(User from, Profile to, Role role, Verified verified) {
    refuse(ProfileRules.check(to));
    Instant now = clock.instant();
    User user = from.changedTo(User.of(from.id(), to, verified, from.passwordHash(), role, now));
    return unique(() -> {
      freeEmail(user, now);
      if (repository.update(user) == 0) {
        return Optional.empty();
      }
      audit.record(
          event(Act.USER_CHANGED, user)
              .changing(from.profile(), to)
              .with("role", role == from.role() ? "" : role.value()));
      return Optional.of(user.withVersion(user.version() + 1));
    });
  }

  /** What remains verified when a profile changes: what is the same. */
  public static Verified stillVerified(User from, Profile to) {
    return new Verified(
        from.emailVerified() && Objects.equals(from.email(), to.email()),
        from.phoneNumberVerified() && Objects.equals(from.phoneNumber(), to.phoneNumber()));
  }

  /**
   * Sets another password.
   *
   * @param field what the request calls the new password
   * @param ending ends, in the same transaction, what rests on the old password
   * @return false when the password has changed since {@code from} was read
   * @throws ProblemException 400 when it is not acceptable
   * @throws PasswordHasher.Busy when too many passwords are being hashed
   */
  public boolean changePassword(User from, String field, String password, Runnable ending) {
    passwords.check(field, password, from.profile()).ifPresent(problem -> refuse(List.of(problem)));
    String hash = passwords.hash(password);
    return transactions.run(() -> {
      boolean changed = repository.replacePasswordHash(from.id(), from.passwordHash(), hash) == 1;
      if (changed) {
        ending.run();
        audit.record(event(Act.PASSWORD_CHANGED, from));
      }
      return changed;
    });
  }

  /**
   * Deletes the row of the account, and nothing else.
   *
   * @return false when the account has changed since it was read, or is gone
   */
  public boolean delete(User user) {
    return transactions.run(() -> {
      boolean deleted = repository.delete(user.id(), user.version()) == 1;
      if (deleted) {
        audit.record(event(Act.USER_DELETED, user));
      }
      return deleted;
    });
  }

  /** Users after the given one, oldest first. */
  public List<User> list(int limit, @Nullable UUID after) {
    return repository.page(after == null ? BEFORE_ALL : after, limit);
  }

  public boolean hasAdministrator() {
    return repository.existsByRole(Role.ADMINISTRATOR);
  }

  /** An unverified email cannot keep its owner out: docs/decisions/unverified-email.md. */
  private void freeEmail(User newcomer, Instant now) {
    if (newcomer.emailKey() == null) {
      return;
    }
    Instant before =
        newcomer.emailVerified() ? now.plusSeconds(1) : now.minus(settings.unverifiedEmailHold());
    repository.yieldEmail(newcomer.emailKey(), before, newcomer.id(), now);
  }

  private static AuditEvent event(Act act, User user) {
    return AuditEvent.success(act).on(Subject.user(user.id()));
  }

  private <T> T unique(Supplier<T> write) {
    try {
      return transactions.run(write);
    } catch (DataAccessException e) {
      if (SqlErrors.isDuplicateOf(e, "user_account_username")) {
        throw ProblemException.conflict("username", "is taken");
      }
      if (SqlErrors.isDuplicateOf(e, "user_account_email")) {
        throw ProblemException.conflict("email", "is taken");
      }
      throw e;
    }
  }

  private static void refuse(List<FieldError> problems) {
    if (!problems.isEmpty()) {
      throw ProblemException.invalid(problems);
    }
  }
}
