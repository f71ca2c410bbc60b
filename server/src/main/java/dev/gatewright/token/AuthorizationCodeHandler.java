package dev.gatewright.token;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.authorize.AuthorizationCode;
import dev.gatewright.authorize.AuthorizationCodes;
import dev.gatewright.backchannel.LogoutNotices;
import dev.gatewright.client.Client;
import dev.gatewright.database.Transactions;
import dev.gatewright.grant.Grants;
import dev.gatewright.grant.IssuedTokens;
import dev.gatewright.grant.Subjects;
import dev.gatewright.grant.Target;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Pkce;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.session.BrowserSessions;
import dev.gatewright.user.Users;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Redeems an authorization code (RFC 6749 §4.1.3, RFC 7636 §4.6). A second use revokes what the
 * first one issued.
 */
@Singleton
final class AuthorizationCodeHandler implements GrantHandler {
  private final AuthorizationCodes codes;
  private final Grants grants;
  private final Subjects subjects;
  private final Narrowing narrowing;
  private final TokenIssuer issuer;
  private final Users users;
  private final BrowserSessions sessions;
  private final LogoutNotices notices;
  private final Transactions transactions;
  private final Clock clock;

  AuthorizationCodeHandler(
      AuthorizationCodes codes,
      Grants grants,
      Subjects subjects,
      Narrowing narrowing,
      TokenIssuer issuer,
      Users users,
      BrowserSessions sessions,
      LogoutNotices notices,
      Transactions transactions,
      Clock clock) {
    this.codes = codes;
    this.grants = grants;
    this.subjects = subjects;
    this.narrowing = narrowing;
    this.issuer = issuer;
    this.users = users;
    this.sessions = sessions;
    this.notices = notices;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String grantType() {
    return GrantType.AUTHORIZATION_CODE;
  }

  @Override
  public IssuedTokens handle(Client client, TokenParameters parameters) {
    AuthorizationCode code =
        codes
            .find(TokenParameters.required(parameters.code(), "code"))
            .orElseThrow(() -> refused("unknown code"));
    if (!code.clientId().equals(client.clientId())) {
      throw refused("the code is of client " + code.clientId());
    }
    if (code.redeemedAt() != null) {
      throw reused(code);
    }
    requireRedeemable(code, parameters);
    Target target =
        narrowing.target(
            client, code.scopes(), code.resourceList(), code.scopes(), parameters.resources());
    Grants.NewGrant wanted =
        new Grants.NewGrant(
            code.grantId(),
            code.userId(),
            client,
            code.scopes(),
            code.resourceList(),
            code.sessionId(),
            code.authTime(),
            code.amr(),
            code.claims());
    Optional<Grants.Opened> opened =
        transactions.run(() -> codes.redeem(code) ? Optional.of(open(wanted)) : Optional.empty());
    if (opened.isEmpty()) {
      throw reused(code);
    }
    return issuer.forGrant(
        client, opened.get().grant(), target, opened.get().refreshToken(), code.nonce());
  }

  /**
   * The grant, and the client's part in the session, if it learns of the session by an ID token.
   */
  private Grants.Opened open(Grants.NewGrant wanted) {
    if (wanted.sessionId() != null && wanted.scopes().contains(ServerScopes.OPENID)) {
      notices.remember(
          wanted.sessionId(),
          wanted.userId(),
          wanted.client(),
          subjects.of(wanted.client(), wanted.userId()));
    }
    return grants.open(wanted);
  }

  private void requireRedeemable(AuthorizationCode code, TokenParameters parameters) {
    if (!code.expiresAt().isAfter(clock.instant())) {
      throw refused("the code has expired");
    }
    requireRedirectUri(code, parameters.redirectUri());
    requireVerifier(code.codeChallenge(), parameters.codeVerifier());
    if (users.find(code.userId()).isEmpty()) {
      throw refused("the user is gone");
    }
    if (!sessions.exists(code.sessionId())) {
      throw refused("the session has ended");
    }
  }

  /** RFC 6749 §4.1.3: the same redirect URI, if the authorization request named one. */
  private static void requireRedirectUri(AuthorizationCode code, @Nullable String redirectUri) {
    boolean same =
        redirectUri == null ? !code.redirectUriSent() : redirectUri.equals(code.redirectUri());
    if (!same) {
      throw new OAuthException(
          ErrorCode.INVALID_GRANT, "The redirect_uri is not the one of the authorization request");
    }
  }

  /**
   * RFC 7636 §4.6; a verifier without a challenge tells of a request that was tampered with (RFC
   * 9700 §4.8.2).
   */
  private static void requireVerifier(@Nullable String challenge, @Nullable String verifier) {
    boolean proven =
        challenge == null
            ? verifier == null
            : verifier != null && Pkce.matches(verifier, challenge);
    if (!proven) {
      throw new OAuthException(
          ErrorCode.INVALID_GRANT, "The code_verifier does not fit the code_challenge");
    }
  }

  private OAuthException reused(AuthorizationCode code) {
    grants.revoke(code.grantId(), AuditEvent.refusal(Act.CODE_REUSED).of(code.userId()));
    return refused("the code was redeemed before; its grant " + code.grantId() + " is revoked");
  }

  private static OAuthException refused(String logged) {
    return new OAuthException(
        ErrorCode.INVALID_GRANT,
        "The authorization code is unknown, expired or already redeemed",
        logged);
  }
}
