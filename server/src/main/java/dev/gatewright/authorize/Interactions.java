package dev.gatewright.authorize;

import dev.gatewright.client.Client;
import dev.gatewright.grant.Consents;
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
  private final Clock clock;

  Interactions(Consents consents, Clock clock) {
    this.consents = consents;
    this.clock = clock;
  }

  /**
   * Whether the session answers who the user is: it is recent enough, and the user whom the client
   * means.
   *
   * @throws OAuthException {@code login_required}: the client means somebody else than who has just
   *     logged in for this request (OpenID Connect Core §3.1.2.1, {@code id_token_hint})
   */
  boolean identifies(
      BrowserSession session,
      AuthorizationRequest request,
      @Nullable PendingAuthorization waiting) {
    boolean isMeant =
        request.hint().map(hint -> hint.subject().equals(session.userId().toString())).orElse(true);
    if (isAfter(waiting, session)) {
      if (!isMeant) {
        throw new OAuthException(
            ErrorCode.LOGIN_REQUIRED, "Somebody else logged in than the id_token_hint names");
      }
      return true;
    }
    return isMeant && !request.prompts(Prompt.LOGIN) && isRecentEnough(session, request);
  }

  /** What a user who is known has yet to decide; empty when nothing is. */
  Optional<Interaction> undecided(
      BrowserSession session,
      User user,
      Scopes scopes,
      AuthorizationRequest request,
      @Nullable PendingAuthorization waiting) {
    if (request.prompts(Prompt.SELECT_ACCOUNT)
        && !isAfter(waiting, session)
        && (waiting == null || !user.id().equals(waiting.selectedBy()))) {
      return Optional.of(Interaction.ACCOUNT_SELECTION);
    }
    return needsConsent(user, scopes, request, waiting)
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
      AuthorizationRequest request,
      @Nullable PendingAuthorization waiting) {
    boolean justConsented = waiting != null && user.id().equals(waiting.consentedBy());
    if (request.prompts(Prompt.CONSENT) && !justConsented) {
      return true;
    }
    Client client = request.client();
    return client.requireConsent()
        && !consents.of(user.id(), client.clientId()).containsAll(scopes);
  }
}
