package dev.gatewright.grant;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.client.Client;
import dev.gatewright.client.RefreshTokenPolicy;
import dev.gatewright.database.Transactions;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Grants and their refresh tokens. Every method here is part of the caller's transaction when there
 * is one; tokens are signed and handed out only after its commit.
 */
@Singleton
public class Grants {
  /** How much longer than its tokens a grant's row is kept, for clocks that disagree. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** No id of ours. */
  private static final UUID NONE = new UUID(0, 0);

  private final AccessGrantRepository grants;
  private final RefreshTokens refreshTokens;
  private final RevokedTokenRepository revokedTokens;
  private final ConsentRepository consents;
  private final Transactions transactions;
  private final Audit audit;
  private final Clock clock;

  Grants(
      AccessGrantRepository grants,
      RefreshTokens refreshTokens,
      RevokedTokenRepository revokedTokens,
      ConsentRepository consents,
      Transactions transactions,
      Audit audit,
      Clock clock) {
    this.grants = grants;
    this.refreshTokens = refreshTokens;
    this.revokedTokens = revokedTokens;
    this.consents = consents;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a user grants a client, to be written by {@link #open}.
   *
   * @param id the id that the grant will have
   * @param sessionId the browser session in which it was granted, if in one
   * @param authTime when the user authenticated
   * @param amr how
   * @param claims claims that were asked for one by one
   */
  public record NewGrant(
      UUID id,
      UUID userId,
      Client client,
      Scopes scopes,
      List<String> resources,
      @Nullable UUID sessionId,
      Instant authTime,
      String amr,
      IndividualClaims claims) {
    /** A grant for which no claim was asked by itself. */
    public NewGrant(
        UUID id,
        UUID userId,
        Client client,
        Scopes scopes,
        List<String> resources,
        @Nullable UUID sessionId,
        Instant authTime,
        String amr) {
      this(id, userId, client, scopes, resources, sessionId, authTime, amr, IndividualClaims.NONE);
    }
  }

  /**
   * A grant and the refresh token that may come with it.
   *
   * @param refreshToken to hand out after the commit
   */
  public record Opened(AccessGrant grant, @Nullable String refreshToken) {}

  /** Writes a grant, and its first refresh token if the client is registered for one. */
  public Opened open(NewGrant wanted) {
    Instant now = clock.instant();
    Client client = wanted.client();
    boolean refreshable = mayRefresh(client, wanted.scopes());
    boolean outlivesSession = wanted.scopes().contains(ServerScopes.OFFLINE_ACCESS) && refreshable;
    Duration life = Duration.ofSeconds(refreshable ? client.refreshTokenLifetime() : 0);
    AccessGrant grant =
        new AccessGrant(
            wanted.id(),
            wanted.userId(),
            client.clientId(),
            wanted.sessionId(),
            outlivesSession,
            wanted.scopes().toString(),
            String.join(" ", wanted.resources()),
            wanted.authTime(),
            wanted.amr(),
            IndividualClaims.names(wanted.claims().userinfo()),
            IndividualClaims.names(wanted.claims().idToken()),
            null,
            now,
            now.plus(life).plusSeconds(client.accessTokenLifetime()).plus(MARGIN));
    return transactions.run(() -> {
      grants.save(grant);
      audit.record(
          AuditEvent.success(Act.GRANT_ISSUED)
              .by(Actor.client(client.clientId()))
              .on(Subject.grant(grant.id()))
              .of(grant.userId())
              .with("scope", grant.scope())
              .with("userinfo_claims", grant.userinfoClaims())
              .with("id_token_claims", grant.idTokenClaims()));
      return new Opened(
          grant, refreshable ? refreshTokens.first(client, grant.id(), now.plus(life)) : null);
    });
  }

  /**
   * Uses a refresh token. It works once and is answered by its successor; a second use revokes the
   * token family, which is recorded (RFC 9700 §4.14.2), unless it comes within the grace.
   *
   * @param stored the token's row
   * @param grant that it belongs to
   */
  public Rotation rotate(String token, RefreshToken stored, AccessGrant grant, Client client) {
    return transactions.run(() -> {
      Rotation rotation = refreshTokens.use(token, stored, client);
      if (rotation.outcome() == Rotation.Outcome.REUSED) {
        revoke(grant.id(), AuditEvent.refusal(Act.REFRESH_TOKEN_REUSED).of(grant.userId()));
      }
      return rotation;
    });
  }

  /** Whether {@link #rotate} can only find that it was used before. */
  public boolean isSpent(RefreshToken stored) {
    return stored.redeemedAt() != null && !refreshTokens.isInGrace(stored);
  }

  /**
   * A grant that is neither revoked nor expired; with what is presented for it, {@link
   * PresentedTokens} reads it at once.
   */
  public Optional<AccessGrant> live(UUID grantId) {
    return grants.findById(grantId).filter(grant -> grant.isLive(clock.instant()));
  }

  /** Whether an access token has been revoked by itself. */
  public boolean isRevoked(UUID jti) {
    return revokedTokens.findByJti(jti).isPresent();
  }

  /**
   * Ends one access token; it is remembered until it would have expired.
   *
   * @param act what is recorded of it; nothing when it had ended already
   */
  public void revokeToken(UUID jti, Instant expiresAt, AuditEvent act) {
    transactions.run(() -> {
      if (revokedTokens.add(jti, expiresAt.plus(MARGIN)) == 1) {
        audit.record(act.on(Subject.token(jti)));
      }
    });
  }

  /**
   * Ends a grant with every token of its family.
   *
   * @param act what is recorded of it; nothing when it had ended already
   */
  public void revoke(UUID grantId, AuditEvent act) {
    transactions.run(() -> {
      if (grants.revoke(grantId, clock.instant()) == 1) {
        audit.record(act.on(Subject.grant(grantId)));
      }
    });
  }

  /** Ends what was granted in a browser session, save what outlives it. */
  public void revokeBySession(UUID sid) {
    transactions.run(() -> grants.revokeBySession(sid, clock.instant()));
  }

  /**
   * Ends what a user granted in browser sessions, save what outlives them.
   *
   * @param keepSid a session whose grants stay; null: none
   * @param keepGrantId a grant that stays; null: none
   */
  public void revokeBySessionsOf(UUID userId, @Nullable UUID keepSid, @Nullable UUID keepGrantId) {
    transactions.run(() ->
        grants.revokeBySessionsOf(
            userId,
            Objects.requireNonNullElse(keepSid, NONE),
            Objects.requireNonNullElse(keepGrantId, NONE),
            clock.instant()));
  }

  /** Ends everything that the user granted, and forgets the consents. */
  public void revokeByUser(UUID userId) {
    transactions.run(() -> {
      grants.revokeByUser(userId, clock.instant());
      consents.deleteByUser(userId);
    });
  }

  /**
   * Ends everything that the user granted, but lets the access tokens of one grant live until they
   * expire; all refresh tokens end.
   */
  public void revokeOthersOfUser(UUID userId, @Nullable UUID keepGrantId) {
    Instant now = clock.instant();
    if (keepGrantId == null) {
      transactions.run(() -> grants.revokeByUser(userId, now));
    } else {
      transactions.run(() -> {
        grants.revokeByUserExcept(userId, keepGrantId, now);
        refreshTokens.expireByGrant(keepGrantId);
      });
    }
  }

  /** Ends everything that was granted to the client, and forgets the consents. */
  public void revokeByClient(String clientId) {
    transactions.run(() -> {
      grants.revokeByClient(clientId, clock.instant());
      consents.deleteByClient(clientId);
    });
  }

  /**
   * OpenID Connect Core §11: a refresh token on {@code offline_access}, or by the client's policy.
   */
  private static boolean mayRefresh(Client client, Scopes scopes) {
    if (!client.mayUse(GrantType.REFRESH_TOKEN)) {
      return false;
    }
    return client.refreshTokenPolicy() == RefreshTokenPolicy.ALWAYS
        || scopes.contains(ServerScopes.OFFLINE_ACCESS)
        || !scopes.contains(ServerScopes.OPENID);
  }
}
