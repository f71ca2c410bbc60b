package dev.gatewright.authorize;

import dev.gatewright.client.Client;
import dev.gatewright.grant.Consents;
import dev.gatewright.grant.IndividualClaims;
import dev.gatewright.grant.Subjects;
import dev.gatewright.oauth.AuthenticationContext;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Prompt;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.session.PendingAuthorization;
import dev.gatewright.user.User;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which page is still missing between an authorization request and its code. */
@Singleton
final class Interactions {
  private final Consents consents;
  private final Subjects subjects;
  private final Clock clock;

  Interactions(Consents consents, Subjects subjects, Clock clock) {
    this.consents = consents;
    this.subjects = subjects;
    this.clock = clock;
  }

  /**
   * Whether the session answers who the user is: it is recent enough, and the user whom the client
   * means.
   *
   * @throws OAuthException {@code login_required}: the client means somebody else than who has just
   *     logged in for this request (OpenID Connect Core §3.1.2.2); {@code
   *     unmet_authentication_requirements}: the login is not of a class that is essential
   */
  boolean identifies(
      BrowserSession session,
      AuthorizationRequest request,
      @Nullable PendingAuthorization waiting) {
    boolean isMeant = isMeant(subjects.of(request.client(), session.userId()), request);
    if (isAfter(waiting, session)) {
      if (!isMeant) {
        throw new OAuthException(
            ErrorCode.LOGIN_REQUIRED, "Somebody else logged in than the client means");
      }
      requireAcr(session, request);
      return true;
    }
    boolean identifies =
        isMeant && !request.prompts(Prompt.LOGIN) && isRecentEnough(session, request);
    if (identifies) {
      requireAcr(session, request);
    }
    return identifies;
  }

  /** By {@code id_token_hint}, or by a value of the claim {@code sub}. */
  private static boolean isMeant(String subject, AuthorizationRequest request) {
    return request.hint().map(hint -> hint.subject().equals(subject)).orElse(true)
        && request.claims().admitsSubject(subject);
  }

  /** OpenID Connect Core §5.5.1.1. Another login would be of the same class. */
  private static void requireAcr(BrowserSession session, AuthorizationRequest request) {
    if (!request.claims().admitsAcr(AuthenticationContext.of(session.amrList()))) {
      throw new OAuthException(
          ErrorCode.UNMET_AUTHENTICATION_REQUIREMENTS,
          "This server authenticates users in none of the ways that are essential to the client");
    }
  }

  /** What a user who is known has yet to decide; empty when nothing is. */
  Optional<Interaction> undecided(
      BrowserSession session,
      User user,
      Scopes scopes,
      IndividualClaims claims,
      AuthorizationRequest request,
      @Nullable PendingAuthorization waiting) {
    if (request.prompts(Prompt.SELECT_ACCOUNT)
        && !isAfter(waiting, session)
        && (waiting == null || !user.id().equals(waiting.selectedBy()))) {
      return Optional.of(Interaction.ACCOUNT_SELECTION);
    }
    return needsConsent(user, scopes, claims, request, waiting)
        ? Optional.of(Interaction.CONSENT)
        : Optional.empty();
  }

  /**
   * A login after the request arrived answers {@code prompt=login}, {@code max_age} and {@code
   * prompt=select_account}.
   */
  private static boolean isAfter(@Nullable PendingAuthorization waiting, BrowserSession session) {
    return waiting != null && !session.authTime().isBefore(waiting.createdAt());
  }

  private boolean isRecentEnough(BrowserSession session, AuthorizationRequest request) {
    Long maxAge = request.maxAge();
    return maxAge == null || !session.authTime().plusSeconds(maxAge).isBefore(clock.instant());
  }

  private boolean needsConsent(
      User user,
      Scopes scopes,
      IndividualClaims claims,
      AuthorizationRequest request,
      @Nullable PendingAuthorization waiting) {
    boolean justConsented = waiting != null && user.id().equals(waiting.consentedBy());
    if (request.prompts(Prompt.CONSENT) && !justConsented) {
      return true;
    }
    Client client = request.client();
    return client.requireConsent()
        && !consents.cover(user.id(), client.clientId(), scopes, claims.beyond(scopes));
  }
}
