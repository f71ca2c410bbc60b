package dev.gatewright.login;

import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.page.Pages;
import dev.gatewright.page.PendingRequest;
import dev.gatewright.page.SelectAccountPage;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.Csrf;
import dev.gatewright.session.NextStep;
import dev.gatewright.session.NextSteps;
import dev.gatewright.session.PendingAuthorizations;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a browser that is logged in which account to go on with. A login as somebody else answers it
 * as well.
 */
@Controller("/select-account")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SelectAccountController {
  private final PendingAuthorizations pending;
  private final BrowserSessions sessions;
  private final Users users;
  private final NextSteps nextSteps;
  private final Csrf csrf;
  private final Pages pages;

  SelectAccountController(
      PendingAuthorizations pending,
      BrowserSessions sessions,
      Users users,
      NextSteps nextSteps,
      Csrf csrf,
      Pages pages) {
    this.pending = pending;
    this.sessions = sessions;
    this.users = users;
    this.nextSteps = nextSteps;
    this.csrf = csrf;
    this.pages = pages;
  }

  /** The page; without a session or a request that waits, the authorization endpoint goes on. */
  @Get
  HttpResponse<?> show(
      HttpRequest<?> http,
      @Nullable @QueryValue("client_id") String clientId,
      @Nullable @QueryValue("request_uri") String requestUri) {
    NextStep next = nextSteps.of(clientId, requestUri, null);
    Optional<User> user = user(http);
    if (!(next.pending() instanceof PendingRequest request) || user.isEmpty()) {
      return HttpResponse.seeOther(URI.create(next.uri()));
    }
    SelectAccountPage page =
        new SelectAccountPage(csrf.token(http), request, user.get().username());
    MutableHttpResponse<String> response = pages.answer(HttpStatus.OK, page, next.redirectUri());
    csrf.attach(http, response);
    return response;
  }

  /** Goes on with the account that is logged in. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> select(HttpRequest<?> http, @Body SelectAccountForm form) {
    if (!csrf.valid(http, form.csrfToken())) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          "This page is out of date; go back to the application and start again");
    }
    user(http)
        .ifPresent(user ->
            pending
                .find(form.clientId(), form.requestUri())
                .ifPresent(request -> pending.selected(request, user.id())));
    return HttpResponse.seeOther(
        URI.create(nextSteps.of(form.clientId(), form.requestUri(), null).uri()));
  }

  private Optional<User> user(HttpRequest<?> http) {
    return sessions.current(http).flatMap(session -> users.find(session.userId()));
  }
}
