package dev.gatewright.logout;

import dev.gatewright.api.LogoutApi;
import dev.gatewright.http.FormParameters;
import dev.gatewright.http.Redirects;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.session.BrowserSessions;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /oauth2/logout}, where clients send the browser (OpenID Connect RP-Initiated Logout §2).
 * Always answers by a redirect, so that no page has an ID token in its URL. Takes the parameters as
 * they were sent: one that is not in the contract is ignored.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class LogoutController implements LogoutApi {
  private final LogoutChecks checks;
  private final LogoutRequests requests;
  private final BrowserSessions sessions;
  private final Logout logout;

  LogoutController(
      LogoutChecks checks, LogoutRequests requests, BrowserSessions sessions, Logout logout) {
    this.checks = checks;
    this.requests = requests;
    this.sessions = sessions;
    this.logout = logout;
  }

  /**
   * A client that proves by an ID token that it has part in this very session need not have the
   * user asked again (docs/decisions/logout-without-asking.md). §2: everyone else must.
   */
  @Override
  public HttpResponse<?> logOut(
      @Nullable String idTokenHint,
      @Nullable String clientId,
      @Nullable String postLogoutRedirectUri,
      @Nullable String state,
      @Nullable String logoutHint,
      @Nullable String uiLocales) {
    HttpRequest<?> http = ServerRequestContext.currentRequest().orElseThrow();
    LogoutRequest request = checks.check(http.getParameters().asMap());
    Optional<BrowserSession> session = sessions.current(http);
    String goOn = Objects.requireNonNullElse(request.returnUri(), LogoutPageController.PATH);
    if (session.isEmpty()) {
      return request.proven() ? Redirects.to(goOn) : page(request);
    }
    return request.isOf(session.get())
        ? Redirects.to(goOn).cookie(logout.end(http, session.get()))
        : page(request);
  }

  /** A form of another site comes without our SameSite=Lax cookie; the GET that follows has it. */
  @Override
  public HttpResponse<?> logOutByPost(dev.gatewright.api.model.LogoutRequest form) {
    HttpRequest<?> http = ServerRequestContext.currentRequest().orElseThrow();
    return page(checks.check(FormParameters.of(http)));
  }

  private HttpResponse<?> page(LogoutRequest request) {
    return Redirects.to(
        request.client() == null
            ? LogoutPageController.PATH
            : Redirects.append(LogoutPageController.PATH, "request", requests.save(request)));
  }
}
