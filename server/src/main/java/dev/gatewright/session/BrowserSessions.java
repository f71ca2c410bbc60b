package dev.gatewright.session;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.crypto.Ids;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.database.Transactions;
import dev.gatewright.http.ClientAddresses;
import dev.gatewright.settings.ServerSettings;
import dev.gatewright.settings.SessionSettings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private static final UUID AFTER_ALL = new UUID(-1, -1);
  private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

  private final BrowserSessionRepository repository;
  private final SessionEndings endings;
  private final ClientAddresses addresses;
  private final Transactions transactions;
  private final Cookies cookies;
  private final Audit audit;
  private final SessionSettings settings;
  private final Clock clock;

  public BrowserSessions(
      BrowserSessionRepository repository,
      SessionEndings endings,
      ClientAddresses addresses,
      Transactions transactions,
      Audit audit,
      ServerSettings server,
      SessionSettings settings,
      Clock clock) {
    this.repository = repository;
    this.endings = endings;
    this.addresses = addresses;
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
        .filter(session -> isLive(session, now))
        .map(session -> {
          Actor.user(session.userId()).actsIn(request);
          return touch(session, now);
        });
  }

  /** Whether a session has not been ended; one that has expired may be among them. */
  public boolean exists(UUID sid) {
    return repository.existsBySid(sid);
  }

  /**
   * Begins a session at a login. The browser gets a new cookie, and the one that it had before is
   * worth nothing from now on, so that nobody who knew it is logged in by it (OWASP ASVS 7.2.4). A
   * user who logs in again stays in the same session, with its {@code sid}; the session of another
   * user ends.
   *
   * @return the cookie to set
   */
  public Cookie begin(UUID userId, String amr, HttpRequest<?> request) {
    Optional<BrowserSession> before = stored(request);
    String value = Secrets.random("");
    transactions.run(() -> {
      UUID sid = before.flatMap(old -> replace(old, userId)).orElseGet(Ids::next);
      repository.save(session(value, sid, userId, amr, request));
      audit.record(
          AuditEvent.success(Act.LOGIN)
              .by(Actor.user(userId))
              .on(Subject.session(sid))
              .with("amr", amr));
    });
    return cookies.make(COOKIE, value);
  }

  /** Ends the session that the browser had, or gives its {@code sid} on to the user's next. */
  private Optional<UUID> replace(BrowserSession old, UUID userId) {
    if (old.userId().equals(userId)) {
      boolean first = repository.deleteByIdHash(old.idHash()) == 1;
      return first && isLive(old, clock.instant()) ? Optional.of(old.sid()) : Optional.empty();
    }
    endings.end(old.userId(), old.sid(), AuditEvent.success(Act.LOGOUT).by(Actor.user(userId)));
    return Optional.empty();
  }

  private BrowserSession session(
      String value, UUID sid, UUID userId, String amr, HttpRequest<?> request) {
    Instant now = clock.instant();
    return new BrowserSession(
        Secrets.sha256(value),
        sid,
        userId,
        amr,
        now,
        now,
        now.plus(settings.lifetime()),
        now,
        UserAgent.of(request),
        addresses.literal(request).orElse(null));
  }

  /**
   * Live sessions of a user, the newest first.
   *
   * @param before only those that began before this one; null: from the newest on
   */
  public List<BrowserSession> of(UUID userId, int count, @Nullable UUID before) {
    Instant now = clock.instant();
    return repository.page(
        userId, before == null ? AFTER_ALL : before, now, now.minus(settings.idleTimeout()), count);
  }

  /**
   * Ends this browser's session, with what depends on it.
   *
   * @return the cookie that clears the browser's
   */
  public Cookie end(HttpRequest<?> request) {
    stored(request)
        .ifPresent(session ->
            endings.end(
                session.userId(),
                session.sid(),
                AuditEvent.success(Act.LOGOUT).by(Actor.user(session.userId()))));
    return cookies.clear(COOKIE);
  }

  private boolean isLive(BrowserSession session, Instant now) {
    return session.expiresAt().isAfter(now)
        && session.lastSeenAt().plus(settings.idleTimeout()).isAfter(now);
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
