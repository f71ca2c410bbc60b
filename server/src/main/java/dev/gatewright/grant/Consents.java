package dev.gatewright.grant;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.database.Transactions;
import dev.gatewright.oauth.Scopes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
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
    return repository.findScope(userId, clientId).map(Scopes::parse).orElse(Scopes.NONE);
  }

  /**
   * Adds to what the user has allowed the client. Not for use within a transaction: whoever is
   * overtaken reads again.
   */
  public void allow(UUID userId, String clientId, Scopes scopes) {
    boolean written = false;
    for (int attempt = 0; attempt < ATTEMPTS && !written; attempt++) {
      written =
          transactions.run(() -> {
            boolean added = add(userId, clientId, scopes);
            if (added) {
              audit.record(consent(AuditEvent.success(Act.CONSENT), userId, clientId, scopes));
            }
            return added;
          });
    }
    if (!written) {
      throw new IllegalStateException("The consent of user " + userId + " changes all the time");
    }
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

  private boolean add(UUID userId, String clientId, Scopes scopes) {
    Optional<String> before = repository.findScope(userId, clientId);
    if (before.isEmpty()) {
      return repository.add(userId, clientId, scopes.toString(), clock.instant()) == 1;
    }
    Scopes allowed = Scopes.parse(before.get());
    if (allowed.containsAll(scopes)) {
      return true;
    }
    String all = allowed.plus(scopes).toString();
    return repository.replace(userId, clientId, before.get(), all, clock.instant()) == 1;
  }
}
