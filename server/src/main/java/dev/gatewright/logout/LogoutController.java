package dev.gatewright.logout;

import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.page.LoggedOutPage;
import dev.gatewright.page.LogoutPage;
import dev.gatewright.page.Pages;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.Csrf;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Map;
import java.util.Optional;

/** {@code /logout}: a page that asks, so that no other site can log anyone out, and the act. */
@Controller("/logout")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class LogoutController {
  private final BrowserSessions sessions;
  private final Users users;
  private final Csrf csrf;
  private final Pages pages;

  LogoutController(BrowserSessions sessions, Users users, Csrf csrf, Pages pages) {
    this.sessions = sessions;
    this.users = users;
    this.csrf = csrf;
    this.pages = pages;
  }

  /** Asks; whoever is not logged in is told that they are logged out. */
  @Get
  HttpResponse<?> ask(HttpRequest<?> http) {
    Optional<User> user = sessions.current(http).flatMap(session -> users.find(session.userId()));
    if (user.isEmpty()) {
      return pages.ok(new LoggedOutPage());
    }
    MutableHttpResponse<String> response =
        pages.ok(new LogoutPage(csrf.token(http), user.get().username(), null, Map.of()));
    csrf.attach(http, response);
    return response;
  }

  /** Ends the session, and what was granted in it unless it outlives the session. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> logOut(HttpRequest<?> http, @Body LogoutForm form) {
    if (!csrf.valid(http, form.csrfToken())) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST, "This page is out of date; open it again to log out");
    }
    return pages.ok(new LoggedOutPage()).cookie(sessions.end(http));
  }
}
