package dev.gatewright.account;

import dev.gatewright.http.FieldError;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.page.Pages;
import dev.gatewright.page.SignUpPage;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.Csrf;
import dev.gatewright.session.NextStep;
import dev.gatewright.session.NextSteps;
import dev.gatewright.settings.SignUpSettings;
import dev.gatewright.user.NewUser;
import dev.gatewright.user.Passwords;
import dev.gatewright.user.Profile;
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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sign-up page. Whoever has signed up is logged in and goes on with what waits. */
@Controller("/sign-up")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignUpPageController {
  private static final Map<String, String> NAMES =
      Map.of("username", "The user name", "email", "The email", "password", "The password");

  private final Users users;
  private final BrowserSessions sessions;
  private final Csrf csrf;
  private final NextSteps nextSteps;
  private final Pages pages;
  private final SignUpSettings settings;

  SignUpPageController(
      Users users,
      BrowserSessions sessions,
      Csrf csrf,
      NextSteps nextSteps,
      Pages pages,
      SignUpSettings settings) {
    this.users = users;
    this.sessions = sessions;
    this.csrf = csrf;
    this.nextSteps = nextSteps;
    this.pages = pages;
    this.settings = settings;
  }

  @Get
  HttpResponse<?> show(
      HttpRequest<?> request,
      @QueryValue("client_id") @Nullable String clientId,
      @QueryValue("request_uri") @Nullable String requestUri,
      @QueryValue("user_code") @Nullable String userCode) {
    requireOpen();
    return page(
        request, HttpStatus.OK, nextSteps.of(clientId, requestUri, userCode), "", "", Map.of());
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> signUp(HttpRequest<?> request, @Body SignUpForm form) {
    requireOpen();
    NextStep next = nextSteps.of(form.clientId(), form.requestUri(), form.userCode());
    String username = Objects.requireNonNullElse(form.username(), "").strip();
    String email = Objects.requireNonNullElse(form.email(), "").strip();
    String password = Objects.requireNonNullElse(form.password(), "");
    if (!csrf.valid(request, form.csrfToken())) {
      Map<String, String> expired = Map.of("", "This form has expired. Please send it again.");
      return page(request, HttpStatus.FORBIDDEN, next, username, email, expired);
    }
    Profile profile = new Profile(username, email.isEmpty() ? null : email, null, null, null);
    try {
      User user = users.signUp(new NewUser(profile, password));
      return HttpResponse.seeOther(URI.create(next.uri()))
          .cookie(sessions.begin(user.id(), "pwd", request));
    } catch (ProblemException e) {
      if (e.errors().isEmpty()) {
        throw e;
      }
      return page(
          request, HttpStatus.valueOf(e.type().status()), next, username, email, sentences(e));
    }
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request,
      HttpStatus status,
      NextStep next,
      String username,
      String email,
      Map<String, String> errors) {
    SignUpPage page =
        new SignUpPage(
            csrf.token(request), next.pending(), username, email, errors, Passwords.MIN_LENGTH);
    MutableHttpResponse<String> response = pages.answer(status, page, next.redirectUri());
    csrf.attach(request, response);
    return response;
  }

  private void requireOpen() {
    if (!settings.enabled()) {
      throw ProblemException.of(
          ProblemType.SIGN_UP_CLOSED,
          "Sign-up is closed here. Ask an administrator for an account.");
    }
  }

  private static Map<String, String> sentences(ProblemException refusal) {
    return refusal.errors().stream()
        .collect(
            Collectors.toMap(
                FieldError::field,
                error ->
                    NAMES.getOrDefault(error.field(), error.field()) + " " + error.message() + ".",
                (first, second) -> first));
  }
}
