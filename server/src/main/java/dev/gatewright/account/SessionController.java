package dev.gatewright.account;

import dev.gatewright.api.SessionsApi;
import dev.gatewright.api.model.Session;
import dev.gatewright.api.model.SessionPage;
import dev.gatewright.audit.Act;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.bearer.Caller;
import dev.gatewright.grant.AccessGrant;
import dev.gatewright.http.ProblemException;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.SessionEndings;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/user/sessions}: the browser sessions of the user who calls. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class SessionController implements SessionsApi {
  private final Caller caller;
  private final BrowserSessions sessions;
  private final SessionEndings endings;

  SessionController(Caller caller, BrowserSessions sessions, SessionEndings endings) {
    this.caller = caller;
    this.sessions = sessions;
    this.endings = endings;
  }

  @Override
  public HttpResponse<SessionPage> listSessions(Integer limit, @Nullable String cursor) {
    List<BrowserSession> found = sessions.of(caller.user().id(), limit + 1, before(cursor));
    List<BrowserSession> shown = found.subList(0, Math.min(limit, found.size()));
    Optional<UUID> current = current();
    SessionPage page =
        new SessionPage().items(shown.stream().map(session -> body(session, current)).toList());
    if (found.size() > limit) {
      page.nextCursor(shown.getLast().sid().toString());
    }
    return Answers.<SessionPage>of(HttpStatus.OK).body(page);
  }

  @Override
  public HttpResponse<?> endSession(UUID sid) {
    AuditEvent act = AuditEvent.success(Act.SESSION_REVOKED);
    if (!endings.end(caller.user().id(), sid, act)) {
      throw ProblemException.notFound("You have no such session");
    }
    return Answers.of(HttpStatus.NO_CONTENT);
  }

  /** The session that the access token's grant is bound to, if it is to one. */
  private Optional<UUID> current() {
    return Optional.ofNullable(caller.token().grant()).map(AccessGrant::sessionId);
  }

  private static Session body(BrowserSession session, Optional<UUID> current) {
    return new Session()
        .id(session.sid())
        .current(current.map(session.sid()::equals).orElse(null))
        .userAgent(session.userAgent())
        .address(session.address())
        .loggedInAt(session.authTime())
        .lastSeenAt(session.lastSeenAt())
        .expiresAt(session.expiresAt());
  }

  private static @Nullable UUID before(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("cursor", "must be the next_cursor of the page before");
    }
  }
}
