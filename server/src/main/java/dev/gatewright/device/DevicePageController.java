package dev.gatewright.device;

import dev.gatewright.consent.Disclosure;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.http.ResumeUri;
import dev.gatewright.page.DeviceCodePage;
import dev.gatewright.page.DeviceConsentPage;
import dev.gatewright.page.DeviceDecidedPage;
import dev.gatewright.page.Pages;
import dev.gatewright.page.PendingDevice;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.Csrf;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpHeaders;
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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /device}, the verification URI (RFC 8628 §3.3): the user types the code or comes with it,
 * logs in, compares it, and decides. No code is looked up for who is not logged in, and one that
 * came in the address is asked about all the same (§3.3.1, §5.4).
 */
@Controller(ResumeUri.DEVICE_PAGE)
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DevicePageController {
  private final DeviceQuestions questions;
  private final BrowserSessions sessions;
  private final Users users;
  private final Disclosure disclosure;
  private final Csrf csrf;
  private final Pages pages;

  DevicePageController(
      DeviceQuestions questions,
      BrowserSessions sessions,
      Users users,
      Disclosure disclosure,
      Csrf csrf,
      Pages pages) {
    this.questions = questions;
    this.sessions = sessions;
    this.users = users;
    this.disclosure = disclosure;
    this.csrf = csrf;
    this.pages = pages;
  }

  /** The page to type a code on; with a code, what is to decide, or what this user decided. */
  @Get
  HttpResponse<?> show(HttpRequest<?> http, @Nullable @QueryValue("user_code") String typed) {
    if (typed == null || typed.isBlank()) {
      return pages.ok(new DeviceCodePage("", false));
    }
    return answer(http, typed, question -> page(http, question));
  }

  /** The decision; what became of it is shown by {@link #show}, however often that is reloaded. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> decide(HttpRequest<?> http, @Body DeviceForm form) {
    if (!csrf.valid(http, form.csrfToken())) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          "This page is out of date; enter the code of your device again");
    }
    return answer(
        http,
        Objects.requireNonNullElse(form.userCode(), ""),
        question -> {
          if ("allow".equals(form.decision())) {
            questions.allow(question);
          } else {
            questions.deny(question);
          }
          return seeOther(ResumeUri.ofDevice(question.code().shown()));
        });
  }

  private HttpResponse<?> answer(
      HttpRequest<?> http, String typed, Function<DeviceQuestion, HttpResponse<?>> answer) {
    Optional<UserCode> code = UserCode.parse(typed);
    if (code.isEmpty()) {
      return unknown(typed);
    }
    Optional<BrowserSession> session = sessions.current(http);
    Optional<User> user = session.flatMap(current -> users.find(current.userId()));
    if (session.isEmpty() || user.isEmpty()) {
      return seeOther(new PendingDevice(code.get().shown()).link("/login"));
    }
    Optional<DeviceQuestion> question = questions.find(http, code.get(), session.get(), user.get());
    return question.isEmpty() ? unknown(typed) : answer.apply(question.get());
  }

  private HttpResponse<?> page(HttpRequest<?> http, DeviceQuestion question) {
    String clientName = question.client().clientName();
    return switch (question.device().status()) {
      case PENDING -> consentPage(http, question);
      case APPROVED, REDEEMED -> pages.ok(new DeviceDecidedPage(clientName, true));
      case DENIED -> pages.ok(new DeviceDecidedPage(clientName, false));
    };
  }

  private HttpResponse<?> consentPage(HttpRequest<?> http, DeviceQuestion question) {
    DeviceConsentPage page =
        new DeviceConsentPage(
            csrf.token(http),
            new PendingDevice(question.code().shown()),
            question.client().clientName(),
            disclosure.links(question.client()),
            question.user().username(),
            disclosure.lines(questions.grantable(question)));
    MutableHttpResponse<String> response = pages.ok(page);
    csrf.attach(http, response);
    return response;
  }

  /** One answer for a code that never was, that has expired, and that somebody else has used. */
  private HttpResponse<?> unknown(String typed) {
    return pages.answer(HttpStatus.NOT_FOUND, new DeviceCodePage(typed, true));
  }

  private static HttpResponse<?> seeOther(String path) {
    return HttpResponse.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.LOCATION, path)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
