package dev.gatewright.login;

import dev.gatewright.page.LoginPage;
import dev.gatewright.page.Pages;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.Csrf;
import dev.gatewright.session.NextStep;
import dev.gatewright.session.NextSteps;
import dev.gatewright.settings.SignUpSettings;
import dev.gatewright.user.User;
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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The login page. It always asks, also a browser that is logged in: whoever comes here wants to, or
 * has to.
 */
@Controller("/login")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class LoginPageController {
  private static final String WRONG = "The user name, email or password is wrong.";
  private static final String EXPIRED = "This form has expired. Please log in again.";

  private final PasswordLogin passwordLogin;
  private final BrowserSessions sessions;
  private final Csrf csrf;
  private final NextSteps nextSteps;
  private final Pages pages;
  private final SignUpSettings signUp;

  LoginPageController(
      PasswordLogin passwordLogin,
      BrowserSessions sessions,
      Csrf csrf,
      NextSteps nextSteps,
      Pages pages,
      SignUpSettings signUp) {
    this.passwordLogin = passwordLogin;
    this.sessions = sessions;
    this.csrf = csrf;
    this.nextSteps = nextSteps;
    this.pages = pages;
    this.signUp = signUp;
  }

  @Get
  HttpResponse<?> show(
      HttpRequest<?> request,
      @QueryValue("client_id") @Nullable String clientId,
      @QueryValue("request_uri") @Nullable String requestUri,
      @QueryValue("user_code") @Nullable String userCode) {
    NextStep next = nextSteps.of(clientId, requestUri, userCode);
    return page(request, HttpStatus.OK, next, next.loginHint(), null);
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> logIn(HttpRequest<?> request, @Body LoginForm form) {
    NextStep next = nextSteps.of(form.clientId(), form.requestUri(), form.userCode());
    String login = Objects.requireNonNullElse(form.login(), "").strip();
    if (!csrf.valid(request, form.csrfToken())) {
      return page(request, HttpStatus.FORBIDDEN, next, login, EXPIRED);
    }
    Optional<User> user =
        passwordLogin.attempt(request, login, Objects.requireNonNullElse(form.password(), ""));
    if (user.isEmpty()) {
      return page(request, HttpStatus.UNAUTHORIZED, next, login, WRONG);
    }
    return HttpResponse.seeOther(URI.create(next.uri()))
        .cookie(sessions.begin(user.get().id(), PasswordLogin.AMR, request));
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request,
      HttpStatus status,
      NextStep next,
      String login,
      @Nullable String error) {
    LoginPage page =
        new LoginPage(csrf.token(request), next.pending(), login, error, signUp.enabled());
    MutableHttpResponse<String> response = pages.answer(status, page, next.redirectUri());
    csrf.attach(request, response);
    return response;
  }
}
