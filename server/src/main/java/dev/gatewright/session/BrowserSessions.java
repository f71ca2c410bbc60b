package dev.gatewright.session;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.crypto.Ids;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.database.Transactions;
import dev.gatewright.settings.ServerSettings;
import dev.gatewright.settings.SessionSettings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Browser sessions: an opaque cookie of 256 bits, of which the database has only the hash. A
 * session ends at logout, when it is idle too long, and at the end of its lifetime (OWASP ASVS
 * 7.3).
 */
@Singleton
public class BrowserSessions {
  static final String COOKIE = "gatewright_session";
  private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

  private final BrowserSessionRepository repository;
  private final Transactions transactions;
  private final Cookies cookies;
  private final Audit audit;
  private final SessionSettings settings;
  private final Clock clock;

  public BrowserSessions(
      BrowserSessionRepository repository,
      Transactions transactions,
      Audit audit,
      ServerSettings server,
      SessionSettings settings,
      Clock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.audit = audit;
    this.cookies = new Cookies(server.https());
    this.settings = settings;
    this.clock = clock;
  }

  /** The live session of this browser; using it keeps it from idling. */
  public Optional<BrowserSession> current(HttpRequest<?> request) {
    Instant now = clock.instant();
    return stored(request)
        .filter(session -> session.expiresAt().isAfter(now))
        .filter(session -> session.lastSeenAt().plus(settings.idleTimeout()).isAfter(now))
        .map(session -> {
          Actor.user(session.userId()).actsIn(request);
          return touch(session, now);
        });
  }

  /**
   * Begins a session at a login. The browser gets a new cookie, and the session that it had before
   * ends, so that nobody who knew the old cookie is logged in by it (OWASP ASVS 7.2.4).
   *
   * @return the cookie to set
   */
  public Cookie begin(UUID userId, String amr, HttpRequest<?> request) {
    Optional<BrowserSession> before = stored(request);
    String value = Secrets.random("");
    Instant now = clock.instant();
    BrowserSession session =
        new BrowserSession(
            Secrets.sha256(value),
            Ids.next(),
            userId,
            amr,
            now,
            now,
            now.plus(settings.lifetime()),
            now);
    transactions.run(() -> {
      before.ifPresent(old -> repository.deleteByIdHash(old.idHash()));
      repository.save(session);
      audit.record(
          AuditEvent.success(Act.LOGIN)
              .by(Actor.user(userId))
              .on(Subject.session(session.sid()))
              .with("amr", amr));
    });
    return cookies.make(COOKIE, value);
  }

  /**
   * Ends this browser's session. Whoever calls also ends what depends on it (the grants of {@link
   * BrowserSession#sid()}).
   *
   * @return the cookie that clears the browser's
   */
  public Cookie end(HttpRequest<?> request) {
    stored(request)
        .ifPresent(session -> transactions.run(() -> repository.deleteByIdHash(session.idHash())));
    return cookies.clear(COOKIE);
  }

  /** Ends every session of the user. */
  public void endAllOf(UUID userId) {
    transactions.run(() -> repository.deleteByUserId(userId));
  }

  /** Ends every session of the user but one. */
  public void endOthersOf(UUID userId, @Nullable UUID keepSid) {
    if (keepSid == null) {
      endAllOf(userId);
    } else {
      transactions.run(() -> repository.deleteByUserIdExcept(userId, keepSid));
    }
  }

  private Optional<BrowserSession> stored(HttpRequest<?> request) {
    return cookies.read(request, COOKIE).map(Secrets::sha256).flatMap(repository::findByIdHash);
  }

  private BrowserSession touch(BrowserSession session, Instant now) {
    if (session.lastSeenAt().plus(TOUCH_EVERY).isBefore(now)) {
      transactions.run(() -> repository.touch(session.idHash(), now));
    }
    return session;
  }
}
