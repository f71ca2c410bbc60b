package dev.gatewright.account;

import dev.gatewright.page.AccountPage;
import dev.gatewright.page.Pages;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page that shows who is logged in; without a session it leads to the login. */
@Controller("/account")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountPageController {
  private final BrowserSessions sessions;
  private final Users users;
  private final Pages pages;

  AccountPageController(BrowserSessions sessions, Users users, Pages pages) {
    this.sessions = sessions;
    this.users = users;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(HttpRequest<?> request, @QueryValue("saved") @Nullable String saved) {
    Optional<User> user =
        sessions.current(request).flatMap(session -> users.find(session.userId()));
    if (user.isEmpty()) {
      return HttpResponse.seeOther(URI.create("/login"));
    }
    return pages.ok(
        new AccountPage(user.get().username(), user.get().email(), "true".equals(saved)));
  }
}
