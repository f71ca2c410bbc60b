package dev.gatewright.authorize;

import dev.gatewright.crypto.Ids;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.database.Transactions;
import dev.gatewright.grant.IndividualClaims;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.session.BrowserSession;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Authorization codes: 256 random bits, good for 60 seconds and for one redeeming (RFC 6749 §4.1.2,
 * OAuth 2.1 §4.1.2).
 */
@Singleton
public class AuthorizationCodes {
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  private final AuthorizationCodeRepository repository;
  private final Transactions transactions;
  private final Clock clock;

  public AuthorizationCodes(
      AuthorizationCodeRepository repository, Transactions transactions, Clock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** A new code for what the user of this session grants. */
  String issue(
      AuthorizationRequest request,
      BrowserSession session,
      Scopes scopes,
      IndividualClaims claims) {
    String code = Secrets.random("");
    Instant now = clock.instant();
    AuthorizationCode row =
        new AuthorizationCode(
            Secrets.sha256(code),
            request.client().clientId(),
            session.userId(),
            session.sid(),
            request.redirectUri(),
            request.redirectUriSent(),
            request.codeChallenge(),
            scopes.toString(),
            String.join(" ", request.resources()),
            request.nonce(),
            session.amr(),
            session.authTime(),
            IndividualClaims.names(claims.userinfo()),
            IndividualClaims.names(claims.idToken()),
            Ids.next(),
            null,
            now,
            now.plus(LIFETIME));
    transactions.run(() -> repository.save(row));
    return code;
  }

  /** The code as stored, whether it is still good or not. */
  public Optional<AuthorizationCode> find(String code) {
    return repository.findByCodeHash(Secrets.sha256(code));
  }

  /**
   * Redeems: true for exactly one caller, within the lifetime. Part of the caller's transaction.
   */
  public boolean redeem(AuthorizationCode code) {
    return repository.redeem(code.codeHash(), clock.instant()) == 1;
  }
}
