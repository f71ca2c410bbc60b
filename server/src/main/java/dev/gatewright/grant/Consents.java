package dev.gatewright.grant;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.database.Transactions;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.StandardClaim;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What users have allowed clients. */
@Singleton
public class Consents {
  private static final int ATTEMPTS = 50;

  private final ConsentRepository repository;
  private final Transactions transactions;
  private final Audit audit;
  private final Clock clock;

  public Consents(
      ConsentRepository repository, Transactions transactions, Audit audit, Clock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** What the user has allowed the client so far. */
  public Scopes of(UUID userId, String clientId) {
    return repository.find(userId, clientId).orElse(Consent.NONE).scopes();
  }

  /**
   * Whether the user has allowed the client all of this.
   *
   * @param claims claims that are asked for one by one
   */
  public boolean cover(UUID userId, String clientId, Scopes scopes, Set<StandardClaim> claims) {
    return repository.find(userId, clientId).orElse(Consent.NONE).covers(scopes, claims);
  }

  /**
   * Adds to what the user has allowed the client. Not for use within a transaction: whoever is
   * overtaken reads again.
   *
   * @param claims claims that were asked for one by one
   */
  public void allow(UUID userId, String clientId, Scopes scopes, Set<StandardClaim> claims) {
    boolean written = false;
    for (int attempt = 0; attempt < ATTEMPTS && !written; attempt++) {
      written =
          transactions.run(() -> {
            boolean added = add(userId, clientId, scopes, claims);
            if (added) {
              audit.record(
                  consent(AuditEvent.success(Act.CONSENT), userId, clientId, scopes)
                      .with("claims", IndividualClaims.names(claims)));
            }
            return added;
          });
    }
    if (!written) {
      throw new IllegalStateException("The consent of user " + userId + " changes all the time");
    }
  }

  /**
   * As {@link #allow(UUID, String, Scopes, Set)}, without claims that were asked for one by one.
   */
  public void allow(UUID userId, String clientId, Scopes scopes) {
    allow(userId, clientId, scopes, Set.of());
  }

  /** Records that the user refused the client. Part of the caller's transaction. */
  public void denied(UUID userId, String clientId, Scopes scopes) {
    audit.record(consent(AuditEvent.refusal(Act.CONSENT), userId, clientId, scopes));
  }

  private static AuditEvent consent(AuditEvent event, UUID userId, String clientId, Scopes scopes) {
    return event
        .by(Actor.user(userId))
        .on(Subject.client(clientId))
        .with("scope", scopes.toString());
  }

  private boolean add(UUID userId, String clientId, Scopes scopes, Set<StandardClaim> claims) {
    Optional<Consent> before = repository.find(userId, clientId);
    Consent all = before.orElse(Consent.NONE).plus(scopes, claims);
    if (before.isEmpty()) {
      return repository.add(userId, clientId, all.scope(), all.claims(), clock.instant()) == 1;
    }
    Consent old = before.get();
    return all.equals(old)
        || repository.replace(
                userId,
                clientId,
                old.scope(),
                old.claims(),
                all.scope(),
                all.claims(),
                clock.instant())
            == 1;
  }
}
