package dev.gatewright.account;

import dev.gatewright.audit.Act;
import dev.gatewright.http.FieldError;
import dev.gatewright.http.FormParameters;
import dev.gatewright.http.ProblemException;
import dev.gatewright.page.Pages;
import dev.gatewright.page.ProfilePage;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.Csrf;
import dev.gatewright.user.Profile;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page on which users change what they say about themselves. What they log in by is changed
 * only with the password (OWASP ASVS 7.5.1).
 */
@Controller("/account/profile")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProfilePageController {
  private static final String OVERTAKEN =
      "Your account was changed elsewhere in the meantime. Save again, and what is here counts.";
  private static final String EXPIRED = "This form has expired. Please send it again.";
  private static final List<String> ZONES =
      ZoneId.getAvailableZoneIds().stream()
          .filter(zone -> zone.contains("/") && !zone.startsWith("Etc/"))
          .sorted()
          .toList();

  private final BrowserSessions sessions;
  private final Users users;
  private final Credentials credentials;
  private final AccountModels models;
  private final Csrf csrf;
  private final Pages pages;

  ProfilePageController(
      BrowserSessions sessions,
      Users users,
      Credentials credentials,
      AccountModels models,
      Csrf csrf,
      Pages pages) {
    this.sessions = sessions;
    this.users = users;
    this.credentials = credentials;
    this.models = models;
    this.csrf = csrf;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(HttpRequest<?> request) {
    return user(request)
        .<HttpResponse<?>>map(
            user -> page(request, HttpStatus.OK, user, models.fields(user.profile()), Map.of()))
        .orElseGet(ProfilePageController::logInFirst);
  }

  /** Saves all fields; an empty one clears what was said. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> save(HttpRequest<?> request) {
    Optional<User> current = user(request);
    if (current.isEmpty()) {
      return logInFirst();
    }
    User user = current.get();
    ProfileForm form = ProfileForm.of(FormParameters.of(request));
    if (!csrf.valid(request, form.csrfToken())) {
      return page(request, HttpStatus.FORBIDDEN, user, form.fields(), Map.of("", EXPIRED));
    }
    if (!form.version().equals(String.valueOf(user.version()))) {
      return overtaken(request, form);
    }
    try {
      Profile profile = models.profile(form.fields());
      requirePassword(user, profile, form.currentPassword());
      return users.update(user, profile).isPresent()
          ? HttpResponse.seeOther(URI.create("/account?saved=true"))
          : overtaken(request, form);
    } catch (ProblemException e) {
      if (e.errors().isEmpty()) {
        throw e;
      }
      HttpStatus status = HttpStatus.valueOf(e.type().status());
      return page(request, status, user, form.fields(), sentences(e));
    }
  }

  private void requirePassword(User user, Profile profile, String password) {
    boolean sameLogin =
        user.username().equals(profile.username()) && Objects.equals(user.email(), profile.email());
    if (!sameLogin && !credentials.prove(user, password, Act.USER_CHANGED)) {
      throw ProblemException.invalid(
          "current_password", password.isEmpty() ? "is needed for this change" : "is wrong");
    }
  }

  private HttpResponse<?> overtaken(HttpRequest<?> request, ProfileForm form) {
    return user(request)
        .<HttpResponse<?>>map(
            user -> page(request, HttpStatus.CONFLICT, user, form.fields(), Map.of("", OVERTAKEN)))
        .orElseGet(ProfilePageController::logInFirst);
  }

  private Optional<User> user(HttpRequest<?> request) {
    return sessions.current(request).flatMap(session -> users.find(session.userId()));
  }

  private static HttpResponse<?> logInFirst() {
    return HttpResponse.seeOther(URI.create("/login"));
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request,
      HttpStatus status,
      User user,
      Map<String, String> fields,
      Map<String, String> errors) {
    ProfilePage page =
        new ProfilePage(
            csrf.token(request), String.valueOf(user.version()), fields, zones(fields), errors);
    MutableHttpResponse<String> response = pages.answer(status, page);
    csrf.attach(request, response);
    return response;
  }

  /** Those of a region, and the user's own. */
  private static List<String> zones(Map<String, String> fields) {
    String chosen = fields.getOrDefault("zoneinfo", "");
    return chosen.isEmpty() || ZONES.contains(chosen)
        ? ZONES
        : Stream.concat(Stream.of(chosen), ZONES.stream()).toList();
  }

  private static Map<String, String> sentences(ProblemException refusal) {
    return refusal.errors().stream()
        .collect(
            Collectors.toMap(
                FieldError::field,
                error -> ProfilePage.label(error.field()) + " " + error.message() + ".",
                (first, second) -> first));
  }
}
