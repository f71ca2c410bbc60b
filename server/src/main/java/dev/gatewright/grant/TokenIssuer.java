package dev.gatewright.grant;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.client.Client;
import dev.gatewright.crypto.Ids;
import dev.gatewright.database.Transactions;
import dev.gatewright.key.JwtSigner;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.settings.ServerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens of what has been granted: access tokens by RFC 9068, with them {@link IdTokens}.
 * Called only after the commit of the write that decided.
 */
@Singleton
public class TokenIssuer {
  /** The header {@code typ} of access tokens (RFC 9068 §2.1). */
  public static final String ACCESS_TOKEN_TYPE = "at+jwt";

  /** The claim of access tokens that names their grant. */
  public static final String GRANT_ID = "grant_id";

  private final Grants grants;
  private final Targets targets;
  private final Subjects subjects;
  private final IdTokens idTokens;
  private final JwtSigner signer;
  private final Transactions transactions;
  private final Audit audit;
  private final MeterRegistry metrics;
  private final String issuer;
  private final Clock clock;

  public TokenIssuer(
      Grants grants,
      Targets targets,
      Subjects subjects,
      IdTokens idTokens,
      JwtSigner signer,
      Transactions transactions,
      Audit audit,
      MeterRegistry metrics,
      ServerSettings settings,
      Clock clock) {
    this.grants = grants;
    this.targets = targets;
    this.subjects = subjects;
    this.idTokens = idTokens;
    this.signer = signer;
    this.transactions = transactions;
    this.audit = audit;
    this.metrics = metrics;
    this.issuer = settings.issuer();
    this.clock = clock;
  }

  /**
   * Tokens of a user's grant.
   *
   * @param target what the access token is for, within the grant
   * @param refreshToken the refresh token written with the grant or its rotation
   * @param nonce of the authorization request; null at a refresh
   */
  public IssuedTokens forGrant(
      Client client,
      AccessGrant grant,
      Target target,
      @Nullable String refreshToken,
      @Nullable String nonce) {
    String subject = subjects.of(client, grant.userId());
    JWTClaimsSet.Builder claims =
        accessClaims(client, subject, target)
            .claim("auth_time", grant.authTime().getEpochSecond())
            .claim(GRANT_ID, grant.id().toString());
    String accessToken = signer.sign(target.algorithm(), ACCESS_TOKEN_TYPE, claims.build());
    issued("user");
    String idToken =
        grant.scopes().contains(ServerScopes.OPENID)
            ? idTokens.issue(client, grant, target.lifetime(), accessToken, nonce)
            : null;
    return new IssuedTokens(accessToken, target.lifetime(), refreshToken, idToken, target.scopes());
  }

  /** An access token for a client itself (RFC 6749 §4.4): never a refresh token, never a row. */
  public IssuedTokens forClient(Client client, Target target) {
    JWTClaimsSet claims = accessClaims(client, client.clientId(), target).build();
    String accessToken = signer.sign(target.algorithm(), ACCESS_TOKEN_TYPE, claims);
    issued("client");
    return new IssuedTokens(accessToken, target.lifetime(), null, null, target.scopes());
  }

  /**
   * Tokens for this server's own API, after a login by JSON: the grant is written and committed
   * here.
   */
  public IssuedTokens forLogin(UUID userId, Client client, Scopes scopes, String amr) {
    Target target = targets.resolve(client, scopes, List.of(issuer));
    Grants.NewGrant wanted =
        new Grants.NewGrant(
            Ids.next(), userId, client, scopes, List.of(issuer), null, clock.instant(), amr);
    Grants.Opened opened =
        transactions.run(() -> {
          audit.record(
              AuditEvent.success(Act.LOGIN)
                  .by(Actor.user(userId, client.clientId()))
                  .on(Subject.grant(wanted.id()))
                  .with("amr", amr));
          return grants.open(wanted);
        });
    return forGrant(client, opened.grant(), target, opened.refreshToken(), null);
  }

  /** Counts access tokens; those of clients leave no other trace. */
  private void issued(String subject) {
    metrics.counter("gatewright.access.tokens.issued", "subject", subject).increment();
  }

  private JWTClaimsSet.Builder accessClaims(Client client, String subject, Target target) {
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(subject)
        .audience(target.audience())
        .claim("client_id", client.clientId())
        .claim("scope", target.scopes().toString())
        .jwtID(Ids.next().toString())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(target.lifetime())));
  }
}
