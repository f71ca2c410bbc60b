package dev.gatewright.authorize;

import dev.gatewright.client.Client;
import dev.gatewright.database.Transactions;
import dev.gatewright.grant.IndividualClaims;
import dev.gatewright.grant.ScopePolicy;
import dev.gatewright.http.ResumeUri;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Prompt;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what comes next: refuse, log in, select an account, ask for consent, or issue a code. The
 * pages do one thing each and come back here; the request waits meanwhile under a {@code
 * request_uri}.
 */
@Singleton
class Dispatcher {
  private final RequestObjects requestObjects;
  private final RequestChecks checks;
  private final Interactions interactions;
  private final AuthorizationAnswer answer;
  private final PendingAuthorizations pending;
  private final BrowserSessions sessions;
  private final Users users;
  private final ScopePolicy scopePolicy;
  private final AuthorizationCodes codes;
  private final Transactions transactions;

  Dispatcher(
      RequestObjects requestObjects,
      RequestChecks checks,
      Interactions interactions,
      AuthorizationAnswer answer,
      PendingAuthorizations pending,
      BrowserSessions sessions,
      Users users,
      ScopePolicy scopePolicy,
      AuthorizationCodes codes,
      Transactions transactions) {
    this.requestObjects = requestObjects;
    this.checks = checks;
    this.interactions = interactions;
    this.answer = answer;
    this.pending = pending;
    this.sessions = sessions;
    this.users = users;
    this.scopePolicy = scopePolicy;
    this.codes = codes;
    this.transactions = transactions;
  }

  /** The next step of the browser; refusals that cannot go to the client are thrown. */
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
    Parameters counting;
    try {
      counting = requestObjects.resolve(client, parameters);
    } catch (OAuthException refusal) {
      return answer.error(checks.returnAddress(client, parameters), refusal);
    }
    return proceed(http, client, counting, null);
  }

  private HttpResponse<?> proceed(
      HttpRequest<?> http,
      Client client,
      Parameters parameters,
      @Nullable PendingAuthorization waiting) {
    ReturnAddress returnAddress = checks.returnAddress(client, parameters);
    try {
      AuthorizationRequest request = checks.rest(client, returnAddress.redirectUri(), parameters);
      if (waiting != null && waiting.denied()) {
        pending.forget(waiting);
        throw new OAuthException(ErrorCode.ACCESS_DENIED, "The user refused");
      }
      return decide(http, request, parameters, waiting, returnAddress);
    } catch (OAuthException refusal) {
      return answer.error(returnAddress, refusal);
    }
  }

  private HttpResponse<?> decide(
      HttpRequest<?> http,
      AuthorizationRequest request,
      Parameters parameters,
      @Nullable PendingAuthorization waiting,
      ReturnAddress returnAddress) {
    if (http.getMethod() == HttpMethod.POST) {
      // A form posted from another site comes without our SameSite=Lax cookie; the GET that follows
      // has it.
      return wait(request, parameters, waiting, "/oauth2/auth");
    }
    Optional<BrowserSession> session =
        sessions
            .current(http)
            .filter(candidate -> interactions.identifies(candidate, request, waiting));
    Optional<User> user = session.flatMap(candidate -> users.find(candidate.userId()));
    if (session.isEmpty() || user.isEmpty()) {
      return interact(request, parameters, waiting, Interaction.LOGIN);
    }
    Scopes scopes = scopePolicy.grantable(user.get(), request.scopes());
    IndividualClaims claims = request.claims().grantable(request.client(), scopes);
    Optional<Interaction> undecided =
        interactions.undecided(session.get(), user.get(), scopes, claims, request, waiting);
    if (undecided.isPresent()) {
      return interact(request, parameters, waiting, undecided.get());
    }
    String code =
        transactions.run(() -> {
          if (waiting != null) {
            pending.forget(waiting);
          }
          return codes.issue(request, session.get(), scopes, claims);
        });
    return answer.code(returnAddress, code);
  }

  /** {@code prompt=none} never shows a page (OpenID Connect Core §3.1.2.1). */
  private HttpResponse<?> interact(
      AuthorizationRequest request,
      Parameters parameters,
      @Nullable PendingAuthorization waiting,
      Interaction interaction) {
    if (request.prompts(Prompt.NONE)) {
      throw new OAuthException(
          interaction.error(), "This needs a page, and prompt=none forbids it");
    }
    return wait(request, parameters, waiting, interaction.path());
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
}
