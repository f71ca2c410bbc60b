package dev.gatewright.consent;

import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.database.Transactions;
import dev.gatewright.grant.ClaimsRequest;
import dev.gatewright.grant.ClaimsRequests;
import dev.gatewright.grant.Consents;
import dev.gatewright.grant.ScopePolicy;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.http.ResumeUri;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.StandardClaim;
import dev.gatewright.page.ConsentPage;
import dev.gatewright.page.Pages;
import dev.gatewright.page.PendingRequest;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.session.Csrf;
import dev.gatewright.session.PendingAuthorization;
import dev.gatewright.session.PendingAuthorizations;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /consent}. */
@Controller("/consent")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConsentController {
  private final PendingAuthorizations pending;
  private final BrowserSessions sessions;
  private final Users users;
  private final Clients clients;
  private final ScopePolicy scopePolicy;
  private final ClaimsRequests claimsRequests;
  private final Consents consents;
  private final Transactions transactions;
  private final Disclosure disclosure;
  private final Csrf csrf;
  private final Pages pages;

  ConsentController(
      PendingAuthorizations pending,
      BrowserSessions sessions,
      Users users,
      Clients clients,
      ScopePolicy scopePolicy,
      ClaimsRequests claimsRequests,
      Consents consents,
      Transactions transactions,
      Disclosure disclosure,
      Csrf csrf,
      Pages pages) {
    this.pending = pending;
    this.sessions = sessions;
    this.users = users;
    this.clients = clients;
    this.scopePolicy = scopePolicy;
    this.claimsRequests = claimsRequests;
    this.consents = consents;
    this.transactions = transactions;
    this.disclosure = disclosure;
    this.csrf = csrf;
    this.pages = pages;
  }

  /** The page: who asks, and for what. */
  @Get
  HttpResponse<?> show(
      HttpRequest<?> http,
      @Nullable @QueryValue("client_id") String clientId,
      @Nullable @QueryValue("request_uri") String requestUri) {
    Optional<Question> question = question(http, clientId, requestUri);
    if (question.isEmpty()) {
      return back(clientId, requestUri);
    }
    Question asked = question.get();
    String redirectUri = asked.request().redirectUri(asked.client());
    ConsentPage page =
        new ConsentPage(
            csrf.token(http),
            new PendingRequest(
                asked.request().requestUri(),
                asked.client().clientId(),
                asked.client().clientName()),
            disclosure.links(asked.client()),
            asked.user().username(),
            disclosure.lines(asked.scopes(), asked.claims()),
            redirectUri);
    MutableHttpResponse<String> response = pages.answer(HttpStatus.OK, page, redirectUri);
    csrf.attach(http, response);
    return response;
  }

  /** The decision; the authorization endpoint goes on with it. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> decide(HttpRequest<?> http, @Body ConsentForm form) {
    if (!csrf.valid(http, form.csrfToken())) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          "This page is out of date; go back to the application and start again");
    }
    question(http, form.clientId(), form.requestUri())
        .ifPresent(asked -> record(asked, form.decision()));
    return back(form.clientId(), form.requestUri());
  }

  private void record(Question asked, @Nullable String decision) {
    if ("allow".equals(decision)) {
      consents.allow(asked.user().id(), asked.client().clientId(), asked.scopes(), asked.claims());
      pending.consented(asked.request(), asked.user().id());
    } else {
      transactions.run(() -> {
        pending.denied(asked.request());
        consents.denied(asked.user().id(), asked.client().clientId(), asked.scopes());
      });
    }
  }

  /**
   * What is asked of whom; empty when the request or the session has ended, which the authorization
   * endpoint handles.
   */
  private Optional<Question> question(
      HttpRequest<?> http, @Nullable String clientId, @Nullable String requestUri) {
    return pending
        .find(clientId, requestUri)
        .flatMap(request ->
            clients
                .find(request.clientId())
                .flatMap(client ->
                    sessions
                        .current(http)
                        .flatMap(session -> users.find(session.userId()))
                        .map(user -> question(request, client, user))));
  }

  private Question question(PendingAuthorization request, Client client, User user) {
    Scopes scopes =
        scopePolicy.grantable(
            user, scopePolicy.requested(client, request.parameter("scope").orElse(null)));
    ClaimsRequest claims = claimsRequests.read(request.parameter("claims").orElse(null));
    return new Question(
        request, client, user, scopes, claims.grantable(client, scopes).beyond(scopes));
  }

  private static HttpResponse<?> back(@Nullable String clientId, @Nullable String requestUri) {
    return HttpResponse.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.LOCATION, ResumeUri.of(clientId, requestUri))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private record Question(
      PendingAuthorization request,
      Client client,
      User user,
      Scopes scopes,
      Set<StandardClaim> claims) {}
}
