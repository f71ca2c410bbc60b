package dev.gatewright.session;

import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.backchannel.LogoutNotices;
import dev.gatewright.database.Transactions;
import dev.gatewright.grant.Grants;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one place where browser sessions are ended: at logout, by their user from elsewhere, with a
 * password, with an account. The session's row goes, so that its cookie is worth nothing at once;
 * what was granted in it is revoked, unless it outlives the session; the clients that took part are
 * told ({@link LogoutNotices}); all in the caller's transaction when there is one. Whatever else
 * the end of a session entails belongs here.
 *
 * <p>A session that nobody ends expires ({@link BrowserSessions#current}); what was granted in it
 * has a lifetime of its own, and no client is told.
 */
@Singleton
public class SessionEndings {
  private final BrowserSessionRepository repository;
  private final Grants grants;
  private final LogoutNotices notices;
  private final Audit audit;
  private final Transactions transactions;

  public SessionEndings(
      BrowserSessionRepository repository,
      Grants grants,
      LogoutNotices notices,
      Audit audit,
      Transactions transactions) {
    this.repository = repository;
    this.grants = grants;
    this.notices = notices;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * Ends a session.
   *
   * @param userId whose it has to be
   * @param act what is recorded of it
   * @return false when the user has no such session (any more); then nothing is recorded
   */
  public boolean end(UUID userId, UUID sid, AuditEvent act) {
    return transactions.run(() -> {
      if (repository.deleteBySidAndUserId(sid, userId) == 0) {
        return false;
      }
      grants.revokeBySession(sid);
      notices.enqueue(sid);
      audit.record(act.on(Subject.session(sid)).of(userId));
      return true;
    });
  }

  /**
   * Ends all sessions of a user but one.
   *
   * @param act what is recorded of it, with their number
   * @return how many ended; when none did, nothing is recorded
   */
  public long endOthers(BrowserSession kept, AuditEvent act) {
    UUID userId = kept.userId();
    return transactions.run(() -> {
      long ended = repository.deleteByUserIdExcept(userId, kept.sid());
      if (ended > 0) {
        grants.revokeBySessionsOf(userId, kept.sid(), null);
        notices.enqueueOthersOf(userId, kept.sid());
        audit.record(act.on(Subject.user(userId)).with("sessions", Long.toString(ended)));
      }
      return ended;
    });
  }

  /**
   * Ends all sessions of a user, as a part of an act that is recorded by itself.
   *
   * @param keepGrantId a grant whose access tokens live on, though it be of one of the sessions;
   *     null: none
   */
  public void endAllOf(UUID userId, @Nullable UUID keepGrantId) {
    transactions.run(() -> {
      repository.deleteByUserId(userId);
      grants.revokeBySessionsOf(userId, null, keepGrantId);
      notices.enqueueAllOf(userId);
    });
  }
}
