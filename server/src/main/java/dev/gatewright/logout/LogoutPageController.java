package dev.gatewright.logout;

import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.http.Redirects;
import dev.gatewright.page.LoggedOutPage;
import dev.gatewright.page.LogoutPage;
import dev.gatewright.page.Pages;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.Csrf;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /logout}: a page that asks, so that no other site can log anyone out, and the act. */
@Controller(LogoutPageController.PATH)
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class LogoutPageController {
  static final String PATH = "/logout";

  private final LogoutRequests requests;
  private final BrowserSessions sessions;
  private final Users users;
  private final Logout logout;
  private final Csrf csrf;
  private final Pages pages;

  LogoutPageController(
      LogoutRequests requests,
      BrowserSessions sessions,
      Users users,
      Logout logout,
      Csrf csrf,
      Pages pages) {
    this.requests = requests;
    this.sessions = sessions;
    this.users = users;
    this.logout = logout;
    this.csrf = csrf;
    this.pages = pages;
  }

  /**
   * Asks, unless the request comes with an ID token of this very session; whoever is not logged in
   * is told that they are logged out.
   *
   * @param handle the name of the logout request that waits; null when a person came by themselves
   */
  @Get
  HttpResponse<?> ask(HttpRequest<?> http, @QueryValue("request") @Nullable String handle) {
    LogoutRequest request = requests.find(handle);
    Optional<BrowserSession> session = sessions.current(http);
    Optional<User> user = session.flatMap(found -> users.find(found.userId()));
    if (user.isEmpty()) {
      return done(request, request.proven());
    }
    if (request.isOf(session.get())) {
      requests.forget(handle);
      return done(request, true).cookie(logout.end(http, session.get()));
    }
    Map<String, String> carried = handle == null ? Map.of() : Map.of("request", handle);
    LogoutPage page =
        new LogoutPage(csrf.token(http), user.get().username(), request.clientName(), carried);
    MutableHttpResponse<String> response =
        pages.answer(HttpStatus.OK, page, request.postLogoutRedirectUri());
    csrf.attach(http, response);
    return response;
  }

  /** The user wants to; then the browser goes on to where the client asked. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> logOut(HttpRequest<?> http, @Body LogoutForm form) {
    if (!csrf.valid(http, form.csrfToken())) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST, "This page is out of date; open it again to log out");
    }
    LogoutRequest request = requests.find(form.request());
    requests.forget(form.request());
    Cookie cleared =
        sessions
            .current(http)
            .map(session -> logout.end(http, session))
            .orElseGet(() -> sessions.end(http));
    return done(request, true).cookie(cleared);
  }

  /**
   * Sends the browser on, or shows the page that says so.
   *
   * @param sent whether the client is proven or the user has agreed; if neither, the user may go on
   *     by a link (RP-Initiated Logout §3)
   */
  private MutableHttpResponse<?> done(LogoutRequest request, boolean sent) {
    @Nullable String uri = request.returnUri();
    return uri != null && sent
        ? Redirects.to(uri)
        : pages.ok(new LoggedOutPage(request.clientName(), uri));
  }
}
