package dev.gatewright.authorize;

import dev.gatewright.client.Client;
import dev.gatewright.grant.Consents;
import dev.gatewright.grant.ScopePolicy;
import dev.gatewright.http.ResumeUri;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.PendingAuthorization;
import dev.gatewright.session.PendingAuthorizations;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what comes next: refuse, log in, ask for consent, or issue a code. Login and consent are
 * pages that do one thing each and come back here; the request waits meanwhile under a {@code
 * request_uri}.
 */
@Singleton
class Dispatcher {
  private final RequestChecks checks;
  private final AuthorizationAnswer answer;
  private final PendingAuthorizations pending;
  private final BrowserSessions sessions;
  private final Users users;
  private final Consents consents;
  private final ScopePolicy scopePolicy;
  private final AuthorizationCodes codes;
  private final Clock clock;

  Dispatcher(
      RequestChecks checks,
      AuthorizationAnswer answer,
      PendingAuthorizations pending,
      BrowserSessions sessions,
      Users users,
      Consents consents,
      ScopePolicy scopePolicy,
      AuthorizationCodes codes,
      Clock clock) {
    this.checks = checks;
    this.answer = answer;
    this.pending = pending;
    this.sessions = sessions;
    this.users = users;
    this.consents = consents;
    this.scopePolicy = scopePolicy;
    this.codes = codes;
    this.clock = clock;
  }

  /** The next step of the browser; refusals that are not redirects are thrown. */
  HttpResponse<?> next(HttpRequest<?> http, Map<String, List<String>> sent) {
    Parameters parameters = Parameters.of(sent);
    Client client = checks.client(parameters);
    Optional<String> requestUri =
        parameters.single("request_uri").filter(PendingAuthorizations::isName);
    if (requestUri.isPresent()) {
      PendingAuthorization waiting =
          pending
              .find(client.clientId(), requestUri.get())
              .orElseThrow(() ->
                  new OAuthException(
                      ErrorCode.INVALID_REQUEST,
                      "This login took too long or is already finished; start again from the"
                          + " application"));
      return proceed(http, client, Parameters.of(waiting.parameters()), waiting);
    }
    return proceed(http, client, parameters, null);
  }

  private HttpResponse<?> proceed(
      HttpRequest<?> http,
      Client client,
      Parameters parameters,
      @Nullable PendingAuthorization waiting) {
    String redirectUri = checks.redirectUri(client, parameters);
    List<String> states = parameters.all("state");
    @Nullable String state = states.size() == 1 ? states.getFirst() : null;
    try {
      if (parameters.find("request_uri").isPresent()) {
        throw new OAuthException(
            ErrorCode.REQUEST_URI_NOT_SUPPORTED, "References to request objects are not supported");
      }
      AuthorizationRequest request = checks.rest(client, redirectUri, parameters);
      if (waiting != null && waiting.denied()) {
        pending.forget(waiting);
        throw new OAuthException(ErrorCode.ACCESS_DENIED, "The user refused");
      }
      return decide(http, request, parameters, waiting, state);
    } catch (OAuthException refusal) {
      return answer.error(redirectUri, refusal, state);
    }
  }

  private HttpResponse<?> decide(
      HttpRequest<?> http,
      AuthorizationRequest request,
      Parameters parameters,
      @Nullable PendingAuthorization waiting,
      @Nullable String state) {
    if (http.getMethod() == HttpMethod.POST) {
      // A form posted from another site comes without our SameSite=Lax cookie; the GET that follows
      // has it.
      return wait(request, parameters, waiting, "/oauth2/auth");
    }
    Optional<BrowserSession> session =
        sessions.current(http).filter(candidate -> isRecentEnough(candidate, request, waiting));
    Optional<User> user = session.flatMap(candidate -> users.find(candidate.userId()));
    if (session.isEmpty() || user.isEmpty()) {
      return interact(
          request, ErrorCode.LOGIN_REQUIRED, () -> wait(request, parameters, waiting, "/login"));
    }
    Scopes scopes = scopePolicy.grantable(user.get(), request.scopes());
    if (needsConsent(request, user.get(), scopes, waiting)) {
      return interact(
          request,
          ErrorCode.CONSENT_REQUIRED,
          () -> wait(request, parameters, waiting, "/consent"));
    }
    String code = codes.issue(request, session.get(), scopes);
    if (waiting != null) {
      pending.forget(waiting);
    }
    return answer.code(request.redirectUri(), code, state);
  }

  /** {@code prompt=none} never shows a page (OpenID Connect Core §3.1.2.1). */
  private static HttpResponse<?> interact(
      AuthorizationRequest request, ErrorCode otherwise, Supplier<HttpResponse<?>> page) {
    if (request.prompts("none")) {
      throw new OAuthException(otherwise, "This needs a page, and prompt=none forbids it");
    }
    return page.get();
  }

  private HttpResponse<?> wait(
      AuthorizationRequest request,
      Parameters parameters,
      @Nullable PendingAuthorization waiting,
      String path) {
    String clientId = request.client().clientId();
    PendingAuthorization saved =
        waiting != null ? waiting : pending.save(clientId, parameters.sent());
    return answer.page(path + ResumeUri.query(clientId, saved.requestUri()));
  }

  /** {@code prompt=login} and {@code max_age} are answered by a login after the request arrived. */
  private boolean isRecentEnough(
      BrowserSession session,
      AuthorizationRequest request,
      @Nullable PendingAuthorization waiting) {
    if (waiting != null && !session.authTime().isBefore(waiting.createdAt())) {
      return true;
    }
    Long maxAge = request.maxAge();
    boolean tooOld =
        maxAge != null && session.authTime().plusSeconds(maxAge).isBefore(clock.instant());
    return !tooOld && !request.prompts("login");
  }

  private boolean needsConsent(
      AuthorizationRequest request,
      User user,
      Scopes scopes,
      @Nullable PendingAuthorization waiting) {
    boolean justConsented = waiting != null && user.id().equals(waiting.consentedBy());
    if (request.prompts("consent") && !justConsented) {
      return true;
    }
    Client client = request.client();
    return client.requireConsent()
        && !consents.of(user.id(), client.clientId()).containsAll(scopes);
  }
}
