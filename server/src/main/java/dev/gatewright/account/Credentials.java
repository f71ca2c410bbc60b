package dev.gatewright.account;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.database.Transactions;
import dev.gatewright.grant.Grants;
import dev.gatewright.http.ProblemException;
import dev.gatewright.session.SessionEndings;
import dev.gatewright.user.LoginThrottle;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions and tokens together with what they rest on, in one transaction: the password, or
 * the account.
 */
@Singleton
class Credentials {
  private final Users users;
  private final Grants grants;
  private final SessionEndings sessions;
  private final LoginThrottle throttle;
  private final Transactions transactions;
  private final Audit audit;

  Credentials(
      Users users,
      Grants grants,
      SessionEndings sessions,
      LoginThrottle throttle,
      Transactions transactions,
      Audit audit) {
    this.users = users;
    this.grants = grants;
    this.sessions = sessions;
    this.throttle = throttle;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * Whether this is the user's password; if not, the refusal is recorded.
   *
   * @param act what it is asked for
   * @throws ProblemException 429 after too many wrong ones
   */
  boolean prove(User user, String password, Act act) {
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    boolean proven =
        throttle.attempt(
            user.id().toString(),
            request,
            () -> users.verifyPassword(user, password),
            correct -> correct);
    if (!proven) {
      audit.recordRefusal(AuditEvent.refusal(act).on(Subject.user(user.id())));
    }
    return proven;
  }

  /**
   * Sets another password. Every browser session and every refresh token of the user ends (OWASP
   * ASVS 7.4.3), and every access token but those of one grant.
   *
   * @param keepGrantId the grant whose access token made this call
   * @throws ProblemException 400 when the current password is wrong or the new one not acceptable,
   *     429 after too many wrong ones
   */
  void changePassword(User user, String current, String fresh, @Nullable UUID keepGrantId) {
    if (!prove(user, current, Act.PASSWORD_CHANGED)
        || !users.changePassword(user, "new_password", fresh, () -> endAll(user, keepGrantId))) {
      throw ProblemException.invalid("current_password", "is wrong");
    }
  }

  private void endAll(User user, @Nullable UUID keepGrantId) {
    grants.revokeOthersOfUser(user.id(), keepGrantId);
    sessions.endAllOf(user.id(), keepGrantId);
  }

  /**
   * Ends all sessions of a user and everything that the user granted; consents stay.
   *
   * @param user an account that is there
   */
  void logOutEverywhere(User user) {
    transactions.run(() -> {
      endAll(user, null);
      audit.record(AuditEvent.success(Act.SESSION_REVOKED).on(Subject.user(user.id())));
    });
  }

  /**
   * Deletes the account with its sessions, consents and grants.
   *
   * @return false when the account has changed since it was read
   */
  boolean delete(User user) {
    return transactions.run(() -> {
      boolean deleted = users.delete(user);
      if (deleted) {
        grants.revokeByUser(user.id());
        sessions.endAllOf(user.id(), null);
      }
      return deleted;
    });
  }
}
