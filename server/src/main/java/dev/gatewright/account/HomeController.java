package dev.gatewright.account;

import dev.gatewright.page.HomePage;
import dev.gatewright.page.Pages;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.settings.ServerSettings;
import dev.gatewright.settings.SignUpSettings;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** The home page: where to go from here. */
@Controller("/")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HomeController {
  private final BrowserSessions sessions;
  private final Users users;
  private final ServerSettings server;
  private final SignUpSettings signUp;
  private final Pages pages;

  HomeController(
      BrowserSessions sessions,
      Users users,
      ServerSettings server,
      SignUpSettings signUp,
      Pages pages) {
    this.sessions = sessions;
    this.users = users;
    this.server = server;
    this.signUp = signUp;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(HttpRequest<?> request) {
    @Nullable String signedInAs =
        sessions
            .current(request)
            .flatMap(session -> users.find(session.userId()))
            .map(User::username)
            .orElse(null);
    return pages.ok(new HomePage(server.issuer(), signedInAs, signUp.enabled()));
  }
}
