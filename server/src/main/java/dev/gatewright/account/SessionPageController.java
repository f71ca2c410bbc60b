package dev.gatewright.account;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.page.Pages;
import dev.gatewright.page.SessionsPage;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.Csrf;
import dev.gatewright.session.SessionEndings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code /account/sessions}: where the user is logged in, and the way out of each (OWASP ASVS
 * 7.5.2).
 */
@Controller("/account/sessions")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SessionPageController {
  private static final URI LOGIN = URI.create("/login");
  private static final String DONE = "/account/sessions?ended=true";
  private static final String OTHERS = "others";
  private static final int MOST = 100;

  private final BrowserSessions sessions;
  private final SessionEndings endings;
  private final Csrf csrf;
  private final Pages pages;

  SessionPageController(BrowserSessions sessions, SessionEndings endings, Csrf csrf, Pages pages) {
    this.sessions = sessions;
    this.endings = endings;
    this.csrf = csrf;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(HttpRequest<?> request, @QueryValue("ended") @Nullable String ended) {
    Optional<BrowserSession> current = sessions.current(request);
    if (current.isEmpty()) {
      return HttpResponse.seeOther(LOGIN);
    }
    List<SessionsPage.Line> lines =
        sessions.of(current.get().userId(), MOST, null).stream()
            .map(session -> line(session, current.get()))
            .sorted(Comparator.comparing(SessionsPage.Line::current).reversed())
            .toList();
    SessionsPage page = new SessionsPage(csrf.token(request), lines, "true".equals(ended));
    MutableHttpResponse<String> response = pages.ok(page);
    csrf.attach(request, response);
    return response;
  }

  /** Ends one of the user's sessions, or all but this browser's. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> end(HttpRequest<?> request, @Body SessionForm form) {
    if (!csrf.valid(request, form.csrfToken())) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST, "This page is out of date; open it again to log out");
    }
    Optional<BrowserSession> current = sessions.current(request);
    if (current.isEmpty()) {
      return HttpResponse.seeOther(LOGIN);
    }
    AuditEvent act = AuditEvent.success(Act.SESSION_REVOKED).by(Actor.user(current.get().userId()));
    if (OTHERS.equals(form.session())) {
      endings.endOthers(current.get(), act);
    } else {
      endings.end(current.get().userId(), sid(form.session()), act);
    }
    return HttpResponse.seeOther(URI.create(DONE));
  }

  private static SessionsPage.Line line(BrowserSession session, BrowserSession current) {
    return new SessionsPage.Line(
        session.sid().toString(),
        Device.named(session.userAgent()),
        session.address(),
        session.authTime(),
        session.lastSeenAt(),
        session.sid().equals(current.sid()));
  }

  /** What is no UUID is nobody's session. */
  private static UUID sid(@Nullable String session) {
    try {
      return UUID.fromString(String.valueOf(session));
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemType.INVALID_REQUEST, "There is no such session");
    }
  }
}
